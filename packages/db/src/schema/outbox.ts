import { bigserial, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { users } from "./users.ts";

/** What users must hear, written in the transaction that made it true; ids are in commit order per user (design I4). */
export const outbox = pgTable(
  "outbox",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    type: text("type").notNull(),
    /** The event without its `version`, which is the row's id. */
    payload: jsonb("payload").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("outbox_user").on(table.userId, table.id)],
);
