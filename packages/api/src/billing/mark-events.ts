import { anyOf, type Tx } from "@liveassist/db";
import { webhookEvents } from "@liveassist/db/schema";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import type { Decision } from "./decide-events.ts";
import { alarmDeadLetter } from "./fail-events.ts";

interface Marking {
  readonly decisions: readonly Decision[];
  /** Number of the observation that covered them. */
  readonly seq: number;
  readonly userId: string;
  /** Epoch milliseconds. */
  readonly wall: number;
}

/** Writes what was decided about events, in the sync's transaction (design I1). One that ended meanwhile stays ended. */
export async function markEvents(tx: Tx, { decisions, seq, userId, wall }: Marking): Promise<void> {
  const covered: string[] = [];
  for (const decision of decisions) {
    const { facts, rechecks } = decision.event;
    const isPending = and(eq(webhookEvents.eventId, facts.eventId), isNull(webhookEvents.outcome));
    if (decision.kind === "dead") {
      await tx
        .update(webhookEvents)
        .set({ outcome: "dead", observedSeq: seq, userId, leaseUntil: null, lastError: decision.reason })
        .where(isPending);
    } else if (decision.kind === "recheck") {
      await tx
        .update(webhookEvents)
        .set({ rechecks: rechecks + 1, nextAttemptAt: new Date(decision.at), leaseUntil: null, userId })
        .where(isPending);
    } else covered.push(facts.eventId);
  }
  if (covered.length === 0) return;
  await tx
    .update(webhookEvents)
    .set({
      outcome: "processed",
      processedAt: new Date(wall),
      observedSeq: seq,
      userId,
      leaseUntil: null,
      lastError: null,
    })
    .where(sql`${webhookEvents.eventId} in (select event_id from webhook_events
      where ${anyOf(webhookEvents.eventId, covered)} and outcome is null order by event_id for update)`);
}

/** Says after the commit what became of the events: a log that runs ahead of the database tells what never was. */
export function reportEvents(deps: Deps, { decisions, seq, userId }: Omit<Marking, "wall">): void {
  const processed = decisions.filter((one) => one.kind === "processed").map((one) => one.event.facts);
  for (const { subject, eventId, type, objectId, chargeId } of processed) {
    if (subject !== "charge" && subject !== "dispute") continue;
    deps.log.error(
      { alarm: "money_back", eventId, type, objectId, chargeId, userId },
      "a refund or a dispute",
    );
  }
  for (const one of decisions) if (one.kind === "dead") alarmDeadLetter(deps, one.event.facts, one.reason);
  if (processed.length === 0) return;
  deps.log.info({ eventIds: processed.map(({ eventId }) => eventId), userId, seq }, "events processed");
}
