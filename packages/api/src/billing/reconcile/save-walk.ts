import { drifts, reconcileSeen, reconcileWalks } from "@liveassist/db/schema";
import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { Deps } from "../../deps.ts";
import { WALK_LEASE_MS } from "./claim-walk.ts";
import { type Walk, type WalkCount, WalkLost } from "./walk.ts";

interface Progress {
  readonly phase?: Walk["phase"];
  readonly cursor: string | null;
  /** Added to what was counted before. */
  readonly add?: Partial<Record<WalkCount, number>>;
  /** Put in place of what was there. */
  readonly set?: Partial<Record<WalkCount, number>>;
}

const own = (walk: Walk) => and(eq(reconcileWalks.id, walk.id), eq(reconcileWalks.leaseOwner, walk.owner));

/** Says that the walk is still led; throws `WalkLost` when somebody else leads it. */
export async function renewLease(deps: Deps, walk: Walk): Promise<void> {
  const leaseUntil = new Date(deps.clock.wall() + WALK_LEASE_MS);
  const rows = await deps.db
    .update(reconcileWalks)
    .set({ leaseUntil })
    .where(own(walk))
    .returning({ id: reconcileWalks.id });
  if (rows.length === 0) throw new WalkLost("another process leads this walk");
}

/** Writes where a walk is, so that whoever resumes it goes on from here. Throws `WalkLost`. */
export async function saveWalk(deps: Deps, walk: Walk, { phase, cursor, add, set }: Progress): Promise<void> {
  const counted = { ...walk.counts, ...set };
  for (const [name, by] of Object.entries(add ?? {}) as [WalkCount, number][])
    counted[name] = (counted[name] ?? 0) + by;
  const rows = await deps.db
    .update(reconcileWalks)
    .set({
      phase: phase ?? walk.phase,
      cursor,
      // Merged, not replaced: an operator may have accepted downgrades meanwhile.
      counts: sql`${reconcileWalks.counts} || ${JSON.stringify(counted)}::jsonb`,
      leaseUntil: new Date(deps.clock.wall() + WALK_LEASE_MS),
    })
    .where(own(walk))
    .returning({ counts: reconcileWalks.counts });
  const [row] = rows;
  if (!row) throw new WalkLost("another process leads this walk");
  Object.assign(walk, { phase: phase ?? walk.phase, cursor, counts: { ...row.counts } });
}

/** Leaves a walk where it is, for whoever comes `afterMs` later. */
export async function releaseWalk(deps: Deps, walk: Walk, afterMs: number): Promise<void> {
  const leaseUntil = new Date(deps.clock.wall() + afterMs);
  await deps.db.update(reconcileWalks).set({ leaseUntil, leaseOwner: null }).where(own(walk));
}

/** Ends a walk. `eventsUntil`: how far events were looked through, domain time; null: not at all this time. */
export async function endWalk(
  deps: Deps,
  walk: Walk,
  { state, eventsUntil }: { state: "finished" | "stopped"; eventsUntil: number | null },
): Promise<void> {
  const rows = await deps.db
    .update(reconcileWalks)
    .set({
      state,
      finishedAt: new Date(deps.clock.wall()),
      leaseUntil: null,
      eventsUntil: eventsUntil === null ? null : new Date(eventsUntil),
    })
    .where(own(walk))
    .returning({ id: reconcileWalks.id });
  if (rows.length === 0) throw new WalkLost("another process leads this walk");
  await deps.db.delete(reconcileSeen).where(eq(reconcileSeen.walkId, walk.id));
}

/** A walk that looked at everything did not find them again: whatever differed then has been put right elsewhere. */
export async function closeOldDrifts(deps: Deps, walkId: number): Promise<void> {
  await deps.db
    .update(drifts)
    .set({ repairedAt: new Date(deps.clock.wall()) })
    .where(and(lt(drifts.walkId, walkId), isNull(drifts.repairedAt)));
}
