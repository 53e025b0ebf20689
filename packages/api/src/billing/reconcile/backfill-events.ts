import { anyOf } from "@liveassist/db";
import { reconcileWalks, webhookEvents } from "@liveassist/db/schema";
import { desc, eq, isNotNull } from "drizzle-orm";
import { StripeError } from "../../stripe-port.ts";
import { readEvent } from "../read-event.ts";
import { storeEvents } from "../store-events.ts";
import { eventsOfOurs, type Missed } from "./events-of-ours.ts";
import { WalkPaused } from "./pace.ts";
import { saveWalk } from "./save-walk.ts";
import type { Walking } from "./walk.ts";

const DAY_MS = 86_400_000;
/** Stripe lists events of the last 30 days (stripe-facts §4). */
const FURTHEST_MS = 30 * DAY_MS - 3_600_000;
/** Looked through again in the next walk: what was still on its way, and clocks that differ. */
const OVERLAP_MS = 15 * 60_000;
/** Pages of one walk; what lies further back is left out, because states are right by now anyway. */
const MOST_PAGES = 100;
const BATCH = 100;
/** Backfilled customers become due one after the other, so that the inbox does not ask Stripe about all at once. */
const APART_MS = 100;
/** Deliveries come in no order: the newest is among so many. */
const LATEST = 20;

/**
 * Fetches the events that never arrived into the inbox, oldest first, so that the ledger is whole. States are right without
 * them. Answers how far it looked (domain time), or null when Stripe does not give the list now.
 */
export async function backfillEvents(walking: Walking): Promise<number | null> {
  const { deps, walk } = walking;
  const until = deps.clock.now();
  const missed: Missed[] = [];
  try {
    await lookThrough(walking, { since: await sinceWhen(walking), until, missed });
  } catch (error) {
    const isPaused = error instanceof WalkPaused;
    if (!isPaused && !(error instanceof StripeError)) throw error;
    walking.pace.check();
    if (isPaused)
      deps.log.warn({ err: error, walkId: walk.id }, "events could not be listed; the next walk goes on");
    else await refuse(walking, error);
    return null;
  }
  await store(walking, missed);
  return until;
}

async function sinceWhen({ deps }: Walking): Promise<number> {
  const [last] = await deps.db
    .select({ eventsUntil: reconcileWalks.eventsUntil })
    .from(reconcileWalks)
    .where(isNotNull(reconcileWalks.eventsUntil))
    .orderBy(desc(reconcileWalks.id))
    .limit(1);
  const now = deps.clock.now();
  // A clock that was put back: what it will show again is looked through again.
  const until = Math.min(now, last?.eventsUntil?.getTime() ?? 0);
  return Math.max(now - FURTHEST_MS, until - OVERLAP_MS);
}

/** Says so once: the walk before this one was refused as well. */
async function refuse({ deps, walk }: Walking, error: StripeError): Promise<void> {
  const before = await deps.db
    .select({ id: reconcileWalks.id, counts: reconcileWalks.counts })
    .from(reconcileWalks)
    .orderBy(desc(reconcileWalks.id))
    .limit(2);
  const wasRefused = before.find((row) => row.id !== walk.id)?.counts["events_refused"] === 1;
  if (!wasRefused)
    deps.log.warn({ err: error }, "Stripe gives no list of events: missed ones are not fetched");
  await saveWalk(deps, walk, { cursor: null, set: { events_refused: 1 } });
}

async function lookThrough(
  walking: Walking,
  { since, until, missed }: { since: number; until: number; missed: Missed[] },
): Promise<void> {
  const { deps, pace, inFlightMs, walk } = walking;
  let cursor: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await pace.ask(() => deps.stripe.pageOfEvents(since, cursor));
    const old = page.bodies
      .flatMap((payload) => handled(walking, payload))
      .filter(({ facts }) => facts.createdAt !== null && facts.createdAt <= until - inFlightMs);
    missed.push(...(await eventsOfOurs(walking, await unknownOf(walking, old))));
    if (page.next === null) return;
    cursor = page.next;
  }
  deps.log.warn(
    { walkId: walk.id, pages: MOST_PAGES },
    "more events than one walk looks through; older ones are left out",
  );
}

function handled({ deps }: Walking, payload: string): Missed[] {
  try {
    const facts = readEvent(payload);
    const isOtherMode = facts.livemode !== null && facts.livemode !== deps.settings.livemode;
    return facts.subject === null || isOtherMode ? [] : [{ facts, payload }];
  } catch (error) {
    deps.log.warn({ err: error }, "Stripe lists an event that cannot be read");
    return [];
  }
}

async function unknownOf({ deps }: Walking, listed: readonly Missed[]): Promise<Missed[]> {
  const ids = listed.map(({ facts }) => facts.eventId);
  const rows = await deps.db
    .select({ id: webhookEvents.eventId })
    .from(webhookEvents)
    .where(anyOf(webhookEvents.eventId, ids));
  const known = new Set(rows.map(({ id }) => id));
  return listed.filter(({ facts }) => !known.has(facts.eventId));
}

/** Oldest first; `storeEvents` leaves alone what arrived meanwhile. */
async function store({ deps, walk }: Walking, missed: readonly Missed[]): Promise<void> {
  if (missed.length === 0) return;
  const wall = deps.clock.wall();
  const oldestFirst = missed.toReversed().sort((a, b) => (a.facts.createdAt ?? 0) - (b.facts.createdAt ?? 0));
  const turns = new Map<string, number>();
  const events = oldestFirst.map(({ facts, payload }, index) => {
    const whose = facts.customerId ?? facts.eventId;
    const turn = turns.get(whose) ?? turns.size;
    turns.set(whose, turn);
    return {
      facts,
      payload,
      livemode: facts.livemode ?? deps.settings.livemode,
      ignored: false,
      // A millisecond apart, so that the inbox reads them in their order.
      receivedAt: wall + index,
      dueAt: wall + turn * APART_MS,
      source: "backfill" as const,
    };
  });
  const newest = await newestDelivered(deps);
  const silent = events.filter(({ facts }) => (facts.createdAt ?? 0) > newest).length;
  let backfilled = 0;
  for (let from = 0; from < events.length; from += BATCH) {
    const outcomes = await storeEvents(deps.db, events.slice(from, from + BATCH));
    backfilled += [...outcomes.values()].filter((outcome) => outcome === "stored").length;
  }
  const byType = Object.fromEntries(
    [...Map.groupBy(events, ({ facts }) => facts.type)].map(([type, of]) => [type, of.length]),
  );
  // Told apart for the alert: one that is newer than everything delivered may mean that nothing is delivered any more.
  deps.metrics.count("liveassist_events_backfilled_total", { endpoint: "silent" }, silent);
  deps.metrics.count("liveassist_events_backfilled_total", { endpoint: "alive" }, events.length - silent);
  deps.log.warn({ walkId: walk.id, backfilled, byType }, "events that never arrived were fetched");
  await saveWalk(deps, walk, { cursor: null, add: { missed_events: missed.length, backfilled } });
  deps.nudgeInbox(null);
}

/** Stripe's time of the newest of the latest deliveries, epoch ms; 0: there was none. */
async function newestDelivered({ db }: Walking["deps"]): Promise<number> {
  const latest = await db
    .select({ at: webhookEvents.stripeCreatedAt })
    .from(webhookEvents)
    .where(eq(webhookEvents.source, "webhook"))
    .orderBy(desc(webhookEvents.receivedAt), desc(webhookEvents.eventId))
    .limit(LATEST);
  return Math.max(0, ...latest.map(({ at }) => at.getTime()));
}
