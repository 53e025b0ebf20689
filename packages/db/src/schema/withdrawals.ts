import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { users } from "./users.ts";

/**
 * A consumer's withdrawal from the contract, binding from the moment it is stored (EU 2023/2673). What follows at Stripe,
 * the cancel and the refund, is worked off until it is done. One per subscription; its id is the idempotency key.
 */
export const withdrawals = pgTable(
  "withdrawals",
  {
    id: uuid("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    subscriptionId: text("subscription_id").notNull().unique(),
    /** As the consumer stated them. */
    name: text("name").notNull(),
    email: text("email").notNull(),
    /** Domain time. */
    receivedAt: moment("received_at").notNull(),
    cancelledAt: moment("cancelled_at"),
    /** Null while pending, and for ever when nothing had been paid. */
    refundId: text("refund_id"),
    refundedOre: bigint("refunded_ore", { mode: "number" }),
    currency: text("currency"),
    completedAt: moment("completed_at"),
    /** Wall time of the next attempt. */
    nextAttemptAt: moment("next_attempt_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    lastError: text("last_error"),
    createdAt: createdAt(),
  },
  (table) => [
    index("withdrawals_user").on(table.userId),
    index("withdrawals_due").on(table.nextAttemptAt).where(sql`completed_at is null`),
  ],
);
