import { sql } from "drizzle-orm";
import { boolean, date, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { users } from "./users.ts";

/** A quota unit is a row (design I9): taken when an upload is created, kept when it is sent, given back otherwise. */
export const usage = pgTable(
  "usage",
  {
    uploadId: uuid("upload_id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Calendar day in `QUOTA_TIMEZONE`. */
    day: date("day", { mode: "string" }).notNull(),
    state: text("state", { enum: ["reserved", "committed", "released"] }).notNull(),
    /** False for units taken while Premium, and for all older ones once Premium begins. */
    counted: boolean("counted").notNull(),
    expiresAt: moment("expires_at").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index("usage_user_day").on(table.userId, table.day).where(sql`counted and state <> 'released'`),
  ],
);
