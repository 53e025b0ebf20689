import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { deadCauseOf } from "./dead-cause.ts";

/**
 * The inbox: every verified event, stored before it is acknowledged. The row is the work (design I1): due time, attempts
 * and lease live on it. `outcome` is null while pending; `processed`, `ignored` and `dead` are ends.
 */
export const webhookEvents = pgTable(
  "webhook_events",
  {
    eventId: text("event_id").primaryKey(),
    type: text("type").notNull(),
    objectId: text("object_id"),
    sessionId: text("session_id"),
    customerId: text("customer_id"),
    subscriptionId: text("subscription_id"),
    /** Our user, once resolved; for correlation. */
    userId: text("user_id"),
    apiVersion: text("api_version"),
    livemode: boolean("livemode").notNull(),
    /** Stripe's `created`, whole seconds. Never used for order (stripe-facts §4). */
    stripeCreatedAt: moment("stripe_created_at").notNull(),
    /** The raw body as it was signed. */
    payload: text("payload").notNull(),
    receivedAt: moment("received_at").notNull(),
    processedAt: moment("processed_at"),
    outcome: text("outcome", { enum: ["processed", "ignored", "dead"] }),
    /** Number of the observation that covered it. */
    observedSeq: bigint("observed_seq", { mode: "number" }),
    attempts: integer("attempts").notNull().default(0),
    /** How many of the attempts failed for good; enough of them make it a dead letter (requirements R14). */
    permanentFailures: integer("permanent_failures").notNull().default(0),
    /** How often it was looked at again because Stripe's answer looked older than the event (design I2). */
    rechecks: integer("rechecks").notNull().default(0),
    nextAttemptAt: moment("next_attempt_at").notNull(),
    leaseUntil: moment("lease_until"),
    firstFailedAt: moment("first_failed_at"),
    lastError: text("last_error"),
    /** Every failed attempt, oldest first, the newest twenty: the ledger forgets nothing when an event succeeds at last. */
    errors: jsonb("errors").$type<{ at: string; error: string }[]>().notNull().default([]),
    /** How it came: delivered, or fetched from Stripe's list because it never arrived (requirements R21). */
    source: text("source", { enum: ["webhook", "backfill"] })
      .notNull()
      .default("webhook"),
  },
  (table) => [
    index("webhook_events_due").on(table.nextAttemptAt).where(sql`outcome is null`),
    // The ledger is read newest first, and forgets payloads oldest first.
    index("webhook_events_received").on(table.receivedAt, table.eventId),
    index("webhook_events_pending_customer").on(table.customerId).where(sql`outcome is null`),
    // The console's filters, each newest first; a user's events are those of their customers.
    index("webhook_events_dead").on(table.receivedAt, table.eventId).where(sql`outcome = 'dead'`),
    index("webhook_events_dead_cause")
      .on(deadCauseOf(table.lastError), table.receivedAt, table.eventId)
      .where(sql`outcome = 'dead'`),
    index("webhook_events_ignored").on(table.receivedAt, table.eventId).where(sql`outcome = 'ignored'`),
    index("webhook_events_type").on(
      table.type,
      sql`coalesce(${table.outcome}, 'pending')`,
      table.receivedAt,
      table.eventId,
    ),
    index("webhook_events_customer").on(table.customerId, table.receivedAt, table.eventId),
  ],
);
