import { sql } from "drizzle-orm";
import { bigint, boolean, index, jsonb, pgSequence, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { users } from "./users.ts";

/** Every observation of Stripe draws its number here before it asks (design I2). */
export const observationSeq = pgSequence("observation_seq");

/** Which user a Stripe customer belongs to. Many to one user; bindings are never deleted (design I2, requirements R16). */
export const stripeCustomers = pgTable(
  "stripe_customers",
  {
    customerId: text("customer_id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    observedSeq: bigint("observed_seq", { mode: "number" }).notNull().default(0),
    observedAt: moment("observed_at"),
    /** Stripe says this customer is deleted; the next purchase makes a new one. */
    deletedAt: moment("deleted_at"),
    createdAt: createdAt(),
  },
  (table) => [index("stripe_customers_user").on(table.userId)],
);

/** An item of a Stripe subscription: enough to tell whether it is ours. */
export interface SubscriptionItem {
  readonly price: string;
  readonly product: string;
  /** Öre; null for prices without one amount. */
  readonly unitAmount: number | null;
}

/** What Stripe last said of each subscription. Facts, not conclusions; the plan on the users row is the one copy (R9). */
export const subscriptions = pgTable(
  "subscriptions",
  {
    providerSubscriptionId: text("provider_subscription_id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    customerId: text("customer_id")
      .notNull()
      .references(() => stripeCustomers.customerId),
    /** The plan this subscription alone gave when it was last observed. */
    plan: text("plan", { enum: ["free", "trial", "paid"] }).notNull(),
    status: text("status").notNull(),
    /** Last status we understood; differs from `status` only for a word we do not know (requirements R9). */
    knownStatus: text("known_status"),
    items: jsonb("items").$type<SubscriptionItem[]>().notNull(),
    trialStartedAt: moment("trial_started_at"),
    trialEndsAt: moment("trial_ends_at"),
    periodStart: moment("period_start"),
    /** End of the period that Stripe reports. */
    paidUntil: moment("paid_until"),
    cancelAt: moment("cancel_at"),
    cancelAtPeriodEnd: boolean("cancel_at_period_end").notNull().default(false),
    endedAt: moment("ended_at"),
    /** First paid invoice above 0 kr; a fact that never becomes untrue. */
    firstPaidAt: moment("first_paid_at"),
    openInvoiceAt: moment("open_invoice_at"),
    stripeCreatedAt: moment("stripe_created_at").notNull(),
    observedSeq: bigint("observed_seq", { mode: "number" }).notNull(),
    observedAt: moment("observed_at").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index("subscriptions_user").on(table.userId),
    index("subscriptions_customer").on(table.customerId),
    // Those that gave Premium: compared with the users on Free, over and over.
    index("subscriptions_giving").on(table.userId).where(sql`plan <> 'free'`),
  ],
);
