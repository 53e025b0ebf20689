import { sql } from "drizzle-orm";
import { boolean, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { users } from "./users.ts";

/**
 * A try to buy, written before Stripe is asked; its id is the idempotency key. One open one per user (requirements R23).
 * `open` → `paid` (Stripe calls the session complete, nothing live seen yet) → `settled`, or `open` → `expired`.
 */
export const checkoutAttempts = pgTable(
  "checkout_attempts",
  {
    id: uuid("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    customerId: text("customer_id").notNull(),
    trial: boolean("trial").notNull(),
    priceId: text("price_id").notNull(),
    state: text("state", { enum: ["open", "paid", "settled", "expired"] })
      .notNull()
      .default("open"),
    sessionId: text("session_id").unique(),
    url: text("url"),
    expiresAt: moment("expires_at"),
    createdAt: createdAt(),
    updatedAt: createdAt("updated_at"),
  },
  (table) => [
    uniqueIndex("checkout_attempts_one_open").on(table.userId).where(sql`state = 'open'`),
    index("checkout_attempts_user").on(table.userId),
    index("checkout_attempts_paid").on(table.updatedAt).where(sql`state = 'paid'`),
  ],
);

/** One-time tokens of the return cookie, hashed; valid as long as the checkout session (requirements, return from checkout). */
export const checkoutReturnTokens = pgTable("checkout_return_tokens", {
  tokenHash: text("token_hash").primaryKey(),
  userId: text("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  sessionId: text("session_id").notNull(),
  expiresAt: moment("expires_at").notNull(),
  usedAt: moment("used_at"),
  createdAt: createdAt(),
});
