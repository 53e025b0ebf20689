import { type SQL, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";

/**
 * In SQL, assignments to `webhook_events` that forgive an event its failures where `when` holds, without forgetting them: the
 * count of attempts and every error stay readable (issue 3, "Dead letters and ledger").
 */
export const forgiven = (when: SQL): SQL => sql`
  permanent_failures = case when ${when} then 0 else webhook_events.permanent_failures end,
  rechecks = case when ${when} then 0 else webhook_events.rechecks end,
  first_failed_at = case when ${when} then null else webhook_events.first_failed_at end`;

interface Requeue {
  /** Which of the dead letters. */
  readonly where: SQL;
  /** At most so many, oldest first. */
  readonly most: number;
  /** Customers become due so many milliseconds one after the other, so that Stripe is not asked about all at once. */
  readonly apartMs: number;
}

/** Makes dead letters due again, with their history. Safe at any time: all an event ever causes is a sync. Answers their ids. */
export async function requeueDead(deps: Deps, { where, most, apartMs }: Requeue): Promise<string[]> {
  const wall = new Date(deps.clock.wall()).toISOString();
  const rows = await deps.db.execute<{ event_id: string }>(sql`
    with chosen as (
      select event_id, dense_rank() over (order by coalesce(customer_id, event_id)) as turn from (
        select event_id, customer_id from webhook_events where outcome = 'dead' and ${where}
        order by received_at, event_id limit ${most} for update skip locked) as dead)
    update webhook_events set outcome = null, processed_at = null, lease_until = null,
      next_attempt_at = ${wall}::timestamptz + (chosen.turn - 1) * ${apartMs}::int * interval '1 millisecond',
      ${forgiven(sql`true`)}
    from chosen where webhook_events.event_id = chosen.event_id
    returning webhook_events.event_id`);
  return [...rows].map((row) => row.event_id);
}
