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

/** What became of events by this very transaction; one that another sync ended meanwhile is that one's news. */
export interface Marked {
  readonly decisions: readonly Decision[];
  readonly news: readonly Happened[];
}

/** Writes what was decided about events, in the sync's transaction (design I1), and what they tell of money given back. */
export async function markEvents(deps: Deps, tx: Tx, marking: Marking): Promise<Marked> {
  const { decisions, seq, user, wall } = marking;
  const written = new Set<string>();
  const note = (rows: readonly { eventId: string }[]): void => {
    for (const { eventId } of rows) written.add(eventId);
  };
  const id = { eventId: webhookEvents.eventId };
  for (const decision of decisions) {
    const set = endOf(decision, marking);
    if (set === null) continue;
    const isPending = and(
      eq(webhookEvents.eventId, decision.event.facts.eventId),
      isNull(webhookEvents.outcome),
    );
    const row = { ...set, userId: user.id, leaseUntil: null };
    note(await tx.update(webhookEvents).set(row).where(isPending).returning(id));
  }
  const covered = decisions.filter((one) => one.kind === "processed").map((one) => one.event.facts.eventId);
  if (covered.length > 0) {
    const row = { outcome: "processed" as const, processedAt: new Date(wall), observedSeq: seq };
    const arePending = sql`${webhookEvents.eventId} in (select event_id from webhook_events
      where ${anyOf(webhookEvents.eventId, covered)} and outcome is null order by event_id for update)`;
    // What Stripe goes on sending of a deleted account names the person; it has done its work here.
    const payload = user.deletedAt === null ? {} : { payload: "" };
    const set = { ...row, ...payload, userId: user.id, leaseUntil: null };
    note(await tx.update(webhookEvents).set(set).where(arePending).returning(id));
  }
  const marked = decisions.filter((one) => written.has(one.event.facts.eventId));
  return { decisions: marked, news: await recordMoney(deps, tx, { ...marking, decisions: marked }) };
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

/** Says after the commit what became of the events: a log that runs ahead of the database tells what never was. */
export function reportEvents(
  deps: Deps,
  { decisions, news }: Marked,
  about: { userId: string; seq: number },
): void {
  reportHappenings(deps, about.userId, news);
  for (const one of decisions) if (one.kind === "dead") alarmDeadLetter(deps, one.event.facts, one.reason);
  const processed = decisions.filter((one) => one.kind === "processed");
  if (processed.length === 0) return;
  const eventIds = processed.map(({ event }) => event.facts.eventId);
  deps.log.info({ eventIds, ...about }, "events processed");
}
