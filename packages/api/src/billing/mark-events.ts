import { anyOf, type Tx } from "@liveassist/db";
import { webhookEvents } from "@liveassist/db/schema";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { alarmDeadLetter } from "./fail-events.ts";
import { looksOlder, RECHECK_AFTER_MS } from "./looks-older.ts";
import type { Observation } from "./observe-customer.ts";
import type { PendingEvent } from "./pending-events.ts";

interface Marking {
  readonly pending: readonly PendingEvent[];
  readonly observed: Observation;
  readonly userId: string;
}

/**
 * Ends the events an observation covered, in the sync's transaction (design I1): processed; or dead, when Stripe answers
 * 404 for the object (requirements R15); or pending a little longer, when Stripe's answer looks older than the event.
 */
export async function markEvents(deps: Deps, tx: Tx, { pending, observed, userId }: Marking): Promise<void> {
  const wall = deps.clock.wall();
  const covered: string[] = [];
  for (const event of pending) {
    const { facts, rechecks } = event;
    const wait = RECHECK_AFTER_MS[rechecks];
    if (namesUnknown(facts, observed)) {
      await bury(deps, tx, { event, observed, userId });
    } else if (wait !== undefined && looksOlder(facts, observed)) {
      // Another event's sync came before this one's wait was over: it must not use the waits up.
      if (rechecks > 0 && event.nextAttemptAt.getTime() > wall) continue;
      await tx
        .update(webhookEvents)
        .set({ rechecks: rechecks + 1, nextAttemptAt: new Date(wall + wait), leaseUntil: null, userId })
        .where(and(eq(webhookEvents.eventId, facts.eventId), isNull(webhookEvents.outcome)));
    } else covered.push(facts.eventId);
  }
  if (covered.length === 0) return;
  await tx
    .update(webhookEvents)
    .set({
      outcome: "processed",
      processedAt: new Date(wall),
      observedSeq: observed.seq,
      userId,
      leaseUntil: null,
      lastError: null,
    })
    .where(sql`${webhookEvents.eventId} in (select event_id from webhook_events
      where ${anyOf(webhookEvents.eventId, covered)} and outcome is null order by event_id for update)`);
  for (const { facts } of pending) if (covered.includes(facts.eventId)) flag(deps, facts, userId);
  deps.log.info({ eventIds: covered, userId, seq: observed.seq }, "events processed");
}

/** A refund or dispute ends no access by itself; a person has to know of it (requirements R9). */
function flag(deps: Deps, facts: PendingEvent["facts"], userId: string): void {
  if (facts.subject !== "charge" && facts.subject !== "dispute") return;
  const { eventId, type, objectId, chargeId } = facts;
  deps.log.error({ alarm: "money_back", eventId, type, objectId, chargeId, userId }, "a refund or a dispute");
}

function namesUnknown(facts: PendingEvent["facts"], observed: Observation): boolean {
  const named = [facts.sessionId, facts.subscriptionId, facts.subject === "invoice" ? facts.objectId : null];
  return named.some((id) => id !== null && observed.unknown.has(id));
}

async function bury(
  deps: Deps,
  tx: Tx,
  { event, observed, userId }: { event: PendingEvent; observed: Observation; userId: string },
): Promise<void> {
  const lastError = `Stripe does not know the event's object ${event.facts.objectId ?? ""}`.trim();
  await tx
    .update(webhookEvents)
    .set({ outcome: "dead", observedSeq: observed.seq, userId, leaseUntil: null, lastError })
    .where(and(eq(webhookEvents.eventId, event.facts.eventId), isNull(webhookEvents.outcome)));
  alarmDeadLetter(deps, event.facts, lastError);
}
