import { anyOf, type Tx } from "@liveassist/db";
import { webhookEvents, withdrawals } from "@liveassist/db/schema";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import type { Happened } from "./compute-happenings.ts";
import type { Terms } from "./compute-rows.ts";
import type { User } from "./compute-settlement.ts";
import type { Decision } from "./decide-events.ts";
import { alarmDeadLetter, failure } from "./fail-events.ts";
import { moneyHappenings } from "./money-happenings.ts";
import { recordHappenings } from "./record-happenings.ts";
import { reportHappenings } from "./report-happenings.ts";

interface Marking {
  readonly decisions: readonly Decision[];
  /** Number of the observation that covered them. */
  readonly seq: number;
  readonly user: User;
  /** Epoch milliseconds. */
  readonly wall: number;
  readonly terms: Terms;
}

/**
 * Writes what was decided about events, in the sync's transaction (design I1), and what they tell of money given back.
 * One that ended meanwhile stays ended. Answers what is news, to be reported after the commit.
 */
export async function markEvents(deps: Deps, tx: Tx, marking: Marking): Promise<readonly Happened[]> {
  const { decisions, seq, user, wall } = marking;
  for (const decision of decisions) {
    const set = endOf(decision, marking);
    if (set === null) continue;
    await tx
      .update(webhookEvents)
      .set({ ...set, userId: user.id, leaseUntil: null })
      .where(and(eq(webhookEvents.eventId, decision.event.facts.eventId), isNull(webhookEvents.outcome)));
  }
  const covered = decisions.filter((one) => one.kind === "processed").map((one) => one.event.facts.eventId);
  if (covered.length === 0) return [];
  await tx
    .update(webhookEvents)
    .set({
      outcome: "processed",
      processedAt: new Date(wall),
      observedSeq: seq,
      userId: user.id,
      leaseUntil: null,
    })
    .where(sql`${webhookEvents.eventId} in (select event_id from webhook_events
      where ${anyOf(webhookEvents.eventId, covered)} and outcome is null order by event_id for update)`);
  return recordMoney(deps, tx, marking);
}

/** What is written about an event that is not processed; null: it is. */
function endOf(decision: Decision, { seq, wall }: Marking) {
  switch (decision.kind) {
    case "dead":
      return { outcome: "dead" as const, observedSeq: seq, ...failure(decision.reason, wall) };
    case "recheck":
      return { rechecks: decision.event.rechecks + 1, nextAttemptAt: new Date(decision.at) };
    case "processed":
      return null;
    default:
      return decision satisfies never;
  }
}

async function recordMoney(deps: Deps, tx: Tx, { decisions, user, terms }: Marking): Promise<Happened[]> {
  const money = ["charge", "dispute"];
  if (!decisions.some((one) => money.includes(one.event.facts.subject ?? ""))) return [];
  const withdrawn = await tx
    .select({ receivedAt: withdrawals.receivedAt })
    .from(withdrawals)
    .where(eq(withdrawals.userId, user.id));
  const happened = moneyHappenings(
    decisions,
    withdrawn.map(({ receivedAt }) => receivedAt.getTime()),
  );
  return recordHappenings(deps, tx, { user, happened, terms });
}

interface Marked {
  readonly decisions: readonly Decision[];
  readonly seq: number;
  readonly userId: string;
  readonly news: readonly Happened[];
}

/** Says after the commit what became of the events: a log that runs ahead of the database tells what never was. */
export function reportEvents(deps: Deps, { decisions, seq, userId, news }: Marked): void {
  reportHappenings(deps, userId, news);
  for (const one of decisions) if (one.kind === "dead") alarmDeadLetter(deps, one.event.facts, one.reason);
  const processed = decisions.filter((one) => one.kind === "processed");
  if (processed.length === 0) return;
  const eventIds = processed.map(({ event }) => event.facts.eventId);
  deps.log.info({ eventIds, userId, seq }, "events processed");
}
