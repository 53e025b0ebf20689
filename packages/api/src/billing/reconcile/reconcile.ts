import { reconcileWalks } from "@liveassist/db/schema";
import { desc, lt } from "drizzle-orm";
import type { Deps } from "../../deps.ts";
import { isTransient } from "../fail-events.ts";
import { backfillEvents } from "./backfill-events.ts";
import { claimWalk, requestWalk, WALK_LEASE_MS } from "./claim-walk.ts";
import { judgeDrifts } from "./judge-drifts.ts";
import { createPace, type Pause, WalkPaused } from "./pace.ts";
import { pruneWalks } from "./prune-walks.ts";
import { repairDrifts } from "./repair-drifts.ts";
import { reportWalk, type WalkReport } from "./report-walk.ts";
import { closeOldDrifts, endWalk, releaseWalk, renewLease, saveWalk } from "./save-walk.ts";
import { countOf, type Walk, type Walking, WalkLost } from "./walk.ts";
import { COPIES, walkCopies } from "./walk-copies.ts";
import { walkCustomers } from "./walk-customers.ts";
import { walkList } from "./walk-list.ts";
import { UNDECIDED, walkUndecided } from "./walk-undecided.ts";
import { type ListTrouble, walkUnlisted } from "./walk-unlisted.ts";

/** A walk that could not go on is tried again so much later. */
const RETRY_MS = 5_000;
/** A walk that takes longer than this is worth a person's look. */
const LONG_MS = 30 * 60_000;

/** How a walk is led. */
export interface WalkOptions {
  /** A new walk begins when the last one began so long ago (wall time); null: only one that waits already is led. */
  readonly everyMs: number | null;
  /** What is younger than this may still be on its way to us, and is not called missed. */
  readonly inFlightMs: number;
  /** Stops the walk where it is; another process goes on. */
  readonly signal: AbortSignal;
  readonly pause: Pause;
  /** Called as it gets on, so that a long walk is told from one that hangs. */
  readonly onStep?: () => void;
}

/** `idle`: none is due; `busy`: another process walks; `unfinished`: it goes on later from where it is. */
export type WalkOutcome =
  | { readonly kind: "idle" | "busy" }
  | { readonly kind: "finished" | "stopped" | "unfinished" | "failed"; readonly report: WalkReport };

/**
 * Walks from Stripe to the database and back, writes down what differs, and repairs it (requirements R20, R21): one walk at a
 * time over all servers, resumable, slow enough to leave Stripe to the purchases. An error changes nothing.
 */
export async function reconcile(deps: Deps, options: WalkOptions): Promise<WalkOutcome> {
  const owner = deps.random.uuid();
  const claim = await claimWalk(deps, { owner, everyMs: options.everyMs });
  if (claim.kind !== "walk") return { kind: claim.kind };
  const { walk } = claim;
  if (claim.resumed)
    deps.log.info({ walkId: walk.id, phase: walk.phase }, "a walk goes on where it was left");
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const heartbeat = setInterval(() => {
    renewLease(deps, walk).catch((error: unknown) => {
      if (error instanceof WalkLost) stop.abort();
    });
  }, WALK_LEASE_MS / 3);
  // One that hangs where no signal reaches it must not keep its lease from whoever goes on.
  signal.addEventListener("abort", () => clearInterval(heartbeat), { once: true });
  try {
    const pace = createPace(deps, { ...options, signal });
    const price = await pace.ask(() => deps.price());
    const outcome = await lead({
      deps,
      walk,
      pace,
      price,
      inFlightMs: options.inFlightMs,
      unanswered: { refused: 0, silent: 0 },
    });
    return { kind: outcome, report: await reportWalk(deps, walk.id) };
  } catch (error) {
    return await leave(deps, walk, { error, isStopping: options.signal.aborted });
  } finally {
    clearInterval(heartbeat);
  }
}

async function lead(walking: Walking): Promise<"finished" | "stopped"> {
  const { deps, walk } = walking;
  if (walk.phase === "stripe") await compareWithStripe(walking);
  if (walk.phase === "database") await compareWithDatabase(walking);
  if (walk.phase === "repair") await repairDrifts(walking);
  const isStopped = countOf(walk, "stopped") === 1;
  const eventsUntil = isStopped ? null : await backfillEvents(walking);
  const state = isStopped ? "stopped" : "finished";
  if (!isStopped && countOf(walk, "ask_failed") === 0) await closeOldDrifts(deps, walk.id);
  await endWalk(deps, walk, { state, eventsUntil });
  // Let through when it had already judged: that holds for the next one then, at once.
  if (isStopped && countOf(walk, "downgrades_accepted") === 1)
    await requestWalk(deps, { acceptDowngrades: true });
  deps.metrics.count("liveassist_walks_total", { outcome: state });
  const { walkId, counts, causes, seconds } = await reportWalk(deps, walk.id);
  deps.log.info({ walkId, outcome: state, seconds, counts, causes }, "walk ended");
  await pruneWalks(deps);
  return state;
}

async function compareWithStripe(walking: Walking): Promise<void> {
  const { deps, walk } = walking;
  if (countOf(walk, "compared_from") === 0)
    await saveWalk(deps, walk, { cursor: walk.cursor, set: { compared_from: deps.clock.now() } });
  if (countOf(walk, "asking") === 1) return walkCustomers(walking);
  if (!(await walkList(walking))) await askInstead(walking, "refused");
}

/** No list of everything, or none to be trusted: the walk goes on by asking about each customer, and says so once. */
async function askInstead(walking: Walking, why: ListTrouble): Promise<void> {
  const { deps, walk } = walking;
  await saveWalk(deps, walk, { phase: "stripe", cursor: null, set: { asking: 1 } });
  const line = { walkId: walk.id, why };
  const isNews = why !== "empty" && !(await wasAsking(walking));
  if (isNews)
    deps.log.warn(line, "no list of all subscriptions to go by: each customer is asked about instead");
  else deps.log.info(line, "each customer is asked about");
  await walkCustomers(walking);
}

async function wasAsking({ deps, walk }: Walking): Promise<boolean> {
  const [before] = await deps.db
    .select({ counts: reconcileWalks.counts })
    .from(reconcileWalks)
    .where(lt(reconcileWalks.id, walk.id))
    .orderBy(desc(reconcileWalks.id))
    .limit(1);
  return before?.counts["asking"] === 1;
}

async function compareWithDatabase(walking: Walking): Promise<void> {
  const { walk } = walking;
  const isAsking = (): boolean => countOf(walk, "asking") === 1;
  const isAt = (step: string): boolean => walk.cursor?.startsWith(step) ?? false;
  const isPastList = isAsking() || isAt(UNDECIDED) || isAt(COPIES);
  const trouble = isPastList ? null : await walkUnlisted(walking);
  if (trouble !== null) await askInstead(walking, trouble);
  if (!isAsking() && !isAt(COPIES)) await walkUndecided(walking);
  await walkCopies(walking);
  await judgeDrifts(walking);
}

/** A walk that cannot go on stays where it is; one that a bug of ours ends is over, and the next begins anew. */
async function leave(
  deps: Deps,
  walk: Walk,
  { error, isStopping }: { error: unknown; isStopping: boolean },
): Promise<WalkOutcome> {
  const walkId = walk.id;
  if (error instanceof WalkLost) return { kind: "busy" };
  const passes = error instanceof WalkPaused || isTransient(error);
  if (!passes) return fail(deps, walk, error);
  await releaseWalk(deps, walk, isStopping ? 0 : RETRY_MS);
  const isLong = deps.clock.wall() - walk.startedAt.getTime() > LONG_MS;
  const line = { err: error, walkId, phase: walk.phase };
  if (isStopping) deps.log.info({ walkId, phase: walk.phase }, "a walk stops here and is taken up again");
  else if (isLong) deps.log.error({ alarm: "walk_stuck", ...line }, "a walk does not get on");
  else deps.log.warn(line, "a walk waits where it is and is taken up again");
  return { kind: "unfinished", report: await reportWalk(deps, walkId) };
}

async function fail(deps: Deps, walk: Walk, error: unknown): Promise<WalkOutcome> {
  try {
    await endWalk(deps, walk, { state: "stopped", eventsUntil: null });
  } catch (lost) {
    if (lost instanceof WalkLost) return { kind: "busy" };
    throw lost;
  }
  deps.log.error({ alarm: "walk_failed", err: error, walkId: walk.id, phase: walk.phase }, "a walk failed");
  deps.metrics.count("liveassist_walks_total", { outcome: "failed" });
  return { kind: "failed", report: await reportWalk(deps, walk.id) };
}
