import { sql } from "drizzle-orm";
import { bigserial, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { users } from "./users.ts";

/** A thread of one user (requirements R11). Deleting one deletes its messages; its units stay taken. */
export const liveassistSessions = pgTable(
  "liveassist_sessions",
  {
    id: uuid("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Null until the first message names it. */
    title: text("title"),
    createdAt: createdAt(),
    lastActiveAt: moment("last_active_at").notNull(),
  },
  (table) => [index("liveassist_sessions_user").on(table.userId, table.lastActiveAt)],
);

/** What an assistant's message can be; a user's is always `complete`. `superseded`: tried again, and no longer shown. */
export const MESSAGE_STATUSES = [
  "streaming",
  "complete",
  "stopped",
  "interrupted",
  "failed",
  "superseded",
] as const;

/** Stored turns. `seq` is drawn under the session's row lock, so it is the order of the thread. */
export const liveassistMessages = pgTable(
  "liveassist_messages",
  {
    id: uuid("id").primaryKey(),
    seq: bigserial("seq", { mode: "number" }).notNull(),
    sessionId: uuid("session_id")
      .notNull()
      .references(() => liveassistSessions.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role", { enum: ["user", "assistant"] }).notNull(),
    text: text("text").notNull(),
    status: text("status", { enum: MESSAGE_STATUSES }).notNull(),
    /** Chosen by the client; the same again is the same message. Users' messages only. */
    clientMessageId: text("client_message_id"),
    /** The user's message that a reply answers. */
    replyTo: uuid("reply_to"),
    /** Why a reply failed, as a code that may be shown. */
    failure: text("failure"),
    /** The reply's process says so every few seconds, by wall time; later than this nobody writes it any more (design I13). */
    leaseUntil: moment("lease_until"),
    stopRequestedAt: moment("stop_requested_at"),
    createdAt: moment("created_at").notNull(),
    finishedAt: moment("finished_at"),
  },
  (table) => [
    index("liveassist_messages_session").on(table.sessionId, table.seq),
    uniqueIndex("liveassist_messages_client").on(table.sessionId, table.clientMessageId),
    uniqueIndex("liveassist_messages_streaming").on(table.sessionId).where(sql`status = 'streaming'`),
    index("liveassist_messages_lease").on(table.leaseUntil).where(sql`status = 'streaming'`),
  ],
);
