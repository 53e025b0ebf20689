import type { Db } from "@liveassist/db";
import { webhookEvents } from "@liveassist/db/schema";
import { and, asc, eq, isNull } from "drizzle-orm";
import { type EventFacts, readEvent } from "./read-event.ts";

/** An inbox row that waits for a sync. */
export interface PendingEvent {
  readonly facts: EventFacts;
  readonly attempts: number;
  readonly permanentFailures: number;
  readonly rechecks: number;
  /** Wall time of the first delivery. */
  readonly receivedAt: Date;
  readonly nextAttemptAt: Date;
  readonly firstFailedAt: Date | null;
}

export const pendingColumns = {
  eventId: webhookEvents.eventId,
  payload: webhookEvents.payload,
  attempts: webhookEvents.attempts,
  permanentFailures: webhookEvents.permanentFailures,
  rechecks: webhookEvents.rechecks,
  receivedAt: webhookEvents.receivedAt,
  nextAttemptAt: webhookEvents.nextAttemptAt,
  firstFailedAt: webhookEvents.firstFailedAt,
};

interface PendingRow extends Omit<PendingEvent, "facts"> {
  readonly payload: string;
}

/** Reads an inbox row's payload again; it was verified and well formed when it was stored. */
export const toPending = ({ payload, ...state }: PendingRow): PendingEvent => ({
  facts: readEvent(payload),
  ...state,
});

/** A customer's unfinished events, oldest first. To be read before the observation's number is drawn (design I1). */
export async function pendingEventsOf(db: Db, customerId: string): Promise<PendingEvent[]> {
  const rows = await db
    .select(pendingColumns)
    .from(webhookEvents)
    .where(and(eq(webhookEvents.customerId, customerId), isNull(webhookEvents.outcome)))
    .orderBy(asc(webhookEvents.receivedAt))
    .limit(500);
  return rows.map(toPending);
}
