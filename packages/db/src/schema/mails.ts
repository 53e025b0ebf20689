import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { users } from "./users.ts";

/** Mails to send, written in the transaction that made them true; sent by a sweep, once per key. */
export const mails = pgTable(
  "mails",
  {
    id: uuid("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    /** What it is about, e.g. `trial_ending:sub_1`: the same mail is never written twice. */
    key: text("key").notNull().unique(),
    to: text("to").notNull(),
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    /** Wall time of the next attempt. */
    nextAttemptAt: moment("next_attempt_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    lastError: text("last_error"),
    sentAt: moment("sent_at"),
    createdAt: createdAt(),
  },
  (table) => [
    index("mails_due").on(table.nextAttemptAt).where(sql`sent_at is null`),
    index("mails_user").on(table.userId, table.createdAt),
  ],
);
