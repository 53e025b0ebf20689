import { sql } from "drizzle-orm";
import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { users } from "./users.ts";

/** What a person has to look at: money that was paid twice, given back or disputed (requirements R9, R23). Facts, never deleted. */
export const billingFlags = pgTable(
  "billing_flags",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind", { enum: ["duplicate_payment", "refund", "dispute", "withdrawal"] }).notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    /** The subscription to refund (or withdrawn from, with its refund refused), the refunded charge, or the dispute. */
    objectId: text("object_id").notNull(),
    /** For a duplicate: the subscription that was kept. */
    keptId: text("kept_id"),
    foundAt: moment("found_at").notNull(),
    resolvedAt: moment("resolved_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("billing_flags_once").on(table.kind, table.objectId),
    index("billing_flags_user").on(table.userId),
    index("billing_flags_found").on(table.foundAt),
    index("billing_flags_open").on(table.foundAt).where(sql`resolved_at is null`),
  ],
);
