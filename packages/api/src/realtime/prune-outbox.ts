import { sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";

/** Whoever was away for longer gets the current state instead of what happened meanwhile (design I4). */
const KEPT_MS = 7 * 86_400_000;
const BATCH = 1_000;
/** Rows looked at in one go; the rest waits for the next. */
const MOST_BATCHES = 100;

/** Deletes outbox rows older than seven days of wall time, oldest first in small batches. Answers how many. */
export async function pruneOutbox(deps: Pick<Deps, "db" | "clock">): Promise<number> {
  const before = new Date(deps.clock.wall() - KEPT_MS).toISOString();
  let pruned = 0;
  for (let batches = 0; batches < MOST_BATCHES; batches++) {
    // The newest row stays: the tail begins at it, and an id that was given out must not look like a hole.
    const rows = await deps.db.execute(sql`
      delete from outbox where created_at < ${before} and id < (select max(id) from outbox)
        and id in (select id from outbox order by id limit ${BATCH}) returning id`);
    pruned += rows.length;
    if (rows.length < BATCH) return pruned;
  }
  return pruned;
}
