import { bigint, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { liveassistMessages } from "./liveassist.ts";
import { users } from "./users.ts";

/**
 * Every file anybody sends. `uploading` until its last byte was checked; `ready` until it is sent; `failed` and `removed`
 * only wait for their files to be swept. A frame is a still of a video, taken in the browser for the assistant.
 */
export const uploads = pgTable(
  "uploads",
  {
    id: uuid("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    purpose: text("purpose", { enum: ["liveassist", "frame", "community"] }).notNull(),
    kind: text("kind", { enum: ["image", "video"] }).notNull(),
    state: text("state", { enum: ["uploading", "ready", "sent", "failed", "removed"] }).notNull(),
    filename: text("filename").notNull(),
    /** What the client said it is, then what its content is. */
    mediaType: text("media_type").notNull(),
    bytes: bigint("bytes", { mode: "number" }).notNull(),
    width: integer("width"),
    height: integer("height"),
    /** Where the storage keeps it; null until it was checked. */
    storageKey: text("storage_key"),
    previewKey: text("preview_key"),
    /** Why it failed, as a contract code. */
    failure: text("failure"),
    /** A frame's video, and its moment in it (ms). */
    frameOf: uuid("frame_of"),
    frameAtMs: integer("frame_at_ms"),
    messageId: uuid("message_id").references(() => liveassistMessages.id, { onDelete: "set null" }),
    postId: uuid("post_id"),
    /** Its place in the message or post. */
    position: integer("position"),
    createdAt: createdAt(),
    /** Unsent at this moment, it is swept (requirements R5). */
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    index("uploads_user").on(table.userId, table.state),
    index("uploads_message").on(table.messageId),
    index("uploads_post").on(table.postId),
    index("uploads_frame_of").on(table.frameOf),
    index("uploads_expires").on(table.state, table.expiresAt),
  ],
);
