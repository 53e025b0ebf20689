import { webhookEvents } from "@liveassist/db/schema";
import type { eventsOutput } from "@liveassist/shared/inputs/admin";
import { maskText } from "@liveassist/shared/mask";
import type { z } from "zod";
import { causeOf } from "./dead-cause.ts";

/** What the ledger shows of an event; its payload is read alone. */
export const ledgerColumns = {
  eventId: webhookEvents.eventId,
  type: webhookEvents.type,
  outcome: webhookEvents.outcome,
  source: webhookEvents.source,
  userId: webhookEvents.userId,
  customerId: webhookEvents.customerId,
  sessionId: webhookEvents.sessionId,
  subscriptionId: webhookEvents.subscriptionId,
  objectId: webhookEvents.objectId,
  stripeCreatedAt: webhookEvents.stripeCreatedAt,
  receivedAt: webhookEvents.receivedAt,
  processedAt: webhookEvents.processedAt,
  nextAttemptAt: webhookEvents.nextAttemptAt,
  attempts: webhookEvents.attempts,
  lastError: webhookEvents.lastError,
  errors: webhookEvents.errors,
  observedSeq: webhookEvents.observedSeq,
};

type LedgerRow = Pick<typeof webhookEvents.$inferSelect, keyof typeof ledgerColumns>;
type Shown = z.infer<typeof eventsOutput>["events"][number];

/** An event as the ledger shows it. */
export function showEvent(row: LedgerRow): Shown {
  return {
    event_id: row.eventId,
    type: row.type,
    outcome: row.outcome ?? "pending",
    source: row.source,
    user_id: row.userId,
    customer_id: row.customerId,
    session_id: row.sessionId,
    subscription_id: row.subscriptionId,
    object_id: row.objectId,
    created_at: row.stripeCreatedAt.toISOString(),
    received_at: row.receivedAt.toISOString(),
    processed_at: row.processedAt?.toISOString() ?? null,
    next_attempt_at: row.outcome === null ? row.nextAttemptAt.toISOString() : null,
    attempts: row.attempts,
    last_error: row.lastError === null ? null : maskText(row.lastError),
    cause: row.outcome === "dead" ? causeOf(row.lastError) : null,
    errors: row.errors.map(({ at, error }) => ({ at, error: maskText(error) })),
    observed_seq: row.observedSeq,
  };
}
