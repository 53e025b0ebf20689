import { drifts } from "@liveassist/db/schema";
import { asc, eq } from "drizzle-orm";
import { reconcile, type WalkOptions, type WalkOutcome } from "../../src/billing/reconcile/reconcile.ts";
import type { TestWorld } from "./test-deps.ts";

/** Options of a walk that is due, waits for nothing and calls nothing young. */
export const AT_ONCE: WalkOptions = {
  everyMs: 0,
  inFlightMs: 0,
  signal: new AbortController().signal,
  pause: async () => undefined,
};

/** Leads one walk of a world. The clock moves on first: what was stored before it is older than it. */
export async function leadWalk(world: TestWorld, over: Partial<WalkOptions> = {}): Promise<WalkOutcome> {
  world.clock.advance(1_000);
  return reconcile(world.deps, { ...AT_ONCE, ...over });
}

/** Leads a walk that has to come to its end; answers its report. */
export async function finishedWalk(world: TestWorld, over: Partial<WalkOptions> = {}) {
  const outcome = await leadWalk(world, over);
  if (outcome.kind !== "finished") throw new Error(`the walk is ${outcome.kind}`);
  return outcome.report;
}

/** The drifts of one walk, oldest first. */
export const driftsOf = (world: TestWorld, walkId: number) =>
  world.deps.db.select().from(drifts).where(eq(drifts.walkId, walkId)).orderBy(asc(drifts.id));
