import { drifts, reconcileWalks } from "@liveassist/db/schema";
import { and, eq, lt, ne, notExists, sql } from "drizzle-orm";
import type { Deps } from "../../deps.ts";

const KEPT_MS = 30 * 86_400_000;

/** Forgets walks and drifts older than 30 days, wall time; a drift that is still open is found anew by each walk. */
export async function pruneWalks(deps: Deps): Promise<void> {
  const before = new Date(deps.clock.wall() - KEPT_MS);
  await deps.db.delete(drifts).where(
    and(
      lt(drifts.foundAt, before),
      sql`(${drifts.repairedAt} is not null
        or ${drifts.walkId} < (select max(id) from reconcile_walks where state = 'finished'))`,
    ),
  );
  await deps.db
    .delete(reconcileWalks)
    .where(
      and(
        lt(reconcileWalks.startedAt, before),
        ne(reconcileWalks.state, "running"),
        notExists(deps.db.select({ one: sql`1` }).from(drifts).where(eq(drifts.walkId, reconcileWalks.id))),
      ),
    );
}
