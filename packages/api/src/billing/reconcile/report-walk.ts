import { drifts, reconcileWalks } from "@liveassist/db/schema";
import { eq, sql } from "drizzle-orm";
import type { Deps } from "../../deps.ts";

/** What came of a walk. */
export interface WalkReport {
  readonly walkId: number;
  readonly state: "running" | "finished" | "stopped";
  readonly phase: string;
  readonly seconds: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Drifts by cause, those still on their way to us left out. */
  readonly causes: Readonly<Record<string, number>>;
  /** Drifts that were not repaired. */
  readonly open: number;
}

/** Reads what a walk has found and done so far. */
export async function reportWalk(deps: Deps, walkId: number): Promise<WalkReport> {
  const [row] = await deps.db.select().from(reconcileWalks).where(eq(reconcileWalks.id, walkId));
  if (!row) throw new Error(`there is no walk ${walkId}`);
  const found = await deps.db
    .select({
      cause: drifts.cause,
      n: sql<number>`count(*) filter (where not coalesce((${drifts.detail}->>'inFlight')::boolean, false))::int`,
      open: sql<number>`count(*) filter (where ${drifts.repairedAt} is null)::int`,
    })
    .from(drifts)
    .where(eq(drifts.walkId, walkId))
    .groupBy(drifts.cause);
  const end = row.finishedAt?.getTime() ?? deps.clock.wall();
  return {
    walkId,
    state: row.state,
    phase: row.phase,
    seconds: Math.round((end - row.startedAt.getTime()) / 100) / 10,
    counts: row.counts,
    causes: Object.fromEntries(found.filter(({ n }) => n > 0).map(({ cause, n }) => [cause, n])),
    open: found.reduce((sum, { open }) => sum + open, 0),
  };
}
