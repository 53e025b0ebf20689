import { sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";

/** Counting goes no further: whoever sees it knows that it is many. */
const MOST_COUNTED = 10_000;
/** The oldest of so many pending events that are due longest; in a longer queue these are old enough. */
const MOST_PENDING = 1_000;
/** A checkout may wait so long for its subscription to be seen. */
const STUCK_MS = 5 * 60_000;

type Counts = Record<"dead" | "drifts" | "stuck" | "flags", number> & { readonly waiting: number | null };

/**
 * What lies about unfinished, each found by a partial index of its own. An event waits since its first failure, else since it
 * became due: one that is queued again after weeks has not waited for weeks. Attempts carry domain time.
 */
export async function measureLedger({ db, clock }: Pick<Deps, "db" | "clock">) {
  const wall = new Date(clock.wall()).toISOString();
  const stuckSince = new Date(clock.now() - STUCK_MS).toISOString();
  const rows = await db.execute<Counts>(sql`select
    (select count(*)::int from (select 1 from webhook_events where outcome = 'dead' limit ${MOST_COUNTED}) as found) as dead,
    (select extract(epoch from ${wall}::timestamptz - min(since))::float8 from (
      select coalesce(first_failed_at, next_attempt_at) as since from webhook_events where outcome is null
      order by next_attempt_at limit ${MOST_PENDING}) as due) as waiting,
    (select count(*)::int from drifts join reconcile_walks w on w.id = drifts.walk_id
      where repaired_at is null and (last_error is not null or w.state <> 'running' or found_at < w.started_at)) as drifts,
    (select count(*)::int from checkout_attempts where state = 'paid' and updated_at < ${stuckSince}) as stuck,
    (select count(*)::int from (select 1 from billing_flags where resolved_at is null limit ${MOST_COUNTED}) as found) as flags`);
  const [counts] = rows;
  if (!counts) throw new Error("the ledger gave no counts");
  return {
    dead_letters: counts.dead,
    pending_seconds: Math.max(0, counts.waiting ?? 0),
    open_drifts: counts.drifts,
    stuck_checkouts: counts.stuck,
    open_flags: counts.flags,
  };
}
