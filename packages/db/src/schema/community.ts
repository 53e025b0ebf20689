import { sql } from "drizzle-orm";
import { bigint, bigserial, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { users } from "./users.ts";

/** Posts of the community, newest first by `seq`. A removed one keeps its row for whoever reported it, not its text. */
export const communityPosts = pgTable(
  "community_posts",
  {
    id: uuid("id").primaryKey(),
    seq: bigserial("seq", { mode: "number" }).notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    text: text("text").notNull(),
    /** Chosen by the client; the same again is the same post. */
    clientPostId: text("client_post_id").notNull(),
    createdAt: moment("created_at").notNull(),
    editedAt: moment("edited_at"),
    removedAt: moment("removed_at"),
    /** Rises with every change, so that a change can be found; drawn from the sequence of `seq`. */
    revision: bigint("revision", { mode: "number" }).notNull().default(0),
  },
  (table) => [
    index("community_posts_seq").on(table.seq),
    index("community_posts_user").on(table.userId, table.seq),
    uniqueIndex("community_posts_client").on(table.userId, table.clientPostId),
    index("community_posts_revision").on(table.revision),
    index("community_posts_words").using("gin", sql`to_tsvector('simple', ${table.text})`),
  ],
);

/** Who reported what; a reported post is hidden for its reporter at once. */
export const communityReports = pgTable(
  "community_reports",
  {
    postId: uuid("post_id")
      .notNull()
      .references(() => communityPosts.id, { onDelete: "cascade" }),
    reporterId: text("reporter_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    reason: text("reason").notNull(),
    createdAt: createdAt(),
    resolvedAt: moment("resolved_at"),
    resolution: text("resolution", { enum: ["kept", "removed"] }),
  },
  (table) => [
    primaryKey({ columns: [table.postId, table.reporterId] }),
    index("community_reports_open").on(table.resolvedAt, table.createdAt),
  ],
);
