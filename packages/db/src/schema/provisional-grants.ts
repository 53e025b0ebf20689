import { pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { stripeCustomers } from "./subscriptions.ts";
import { users } from "./users.ts";

/**
 * Access on the word of a verified event alone, while Stripe cannot be asked (design I11). It may only add to what the
 * subscription rows give, ends by itself, and goes with the first observation made after it was received.
 */
export const provisionalGrants = pgTable("provisional_grants", {
  subscriptionId: text("subscription_id").primaryKey(),
  userId: text("user_id")
    .notNull()
    .references(() => users.id),
  customerId: text("customer_id")
    .notNull()
    .references(() => stripeCustomers.customerId),
  eventId: text("event_id").notNull(),
  /** Stripe's word in the payload: `trialing` or `active`. */
  status: text("status").notNull(),
  stripeCreatedAt: moment("stripe_created_at").notNull(),
  /** Domain time of receipt; an observation that began later knows better. */
  receivedAt: moment("received_at").notNull(),
  endsAt: moment("ends_at").notNull(),
});
