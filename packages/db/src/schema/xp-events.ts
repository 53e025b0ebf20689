import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { users } from "./users.ts";

/** Every XP grant. Unique keys make grants happen once (design I5, requirements R8). */
export const xpEvents = pgTable(
  "xp_events",
  {
    id: uuid("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    amount: integer("amount").notNull(),
    reason: text("reason").notNull(),
    idempotencyKey: text("idempotency_key").notNull().unique(),
    ts: moment("ts").notNull(),
  },
  (table) => [
    uniqueIndex("xp_events_first_premium_once").on(table.userId).where(sql`reason = 'first_premium'`),
    index("xp_events_ts").on(table.ts, table.id),
    index("xp_events_user").on(table.userId, table.ts, table.id),
  ],
);
