import { sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { emptyPayloads } from "./empty-payloads.ts";

/** Stripe sends nothing again and lists nothing that is older than 30 days (stripe-facts §4). */
const KEPT_MS = 35 * 86_400_000;
const BATCH = 500;
const MOST_BATCHES = 100;

/**
 * Empties the payloads of finished events older than 35 days of wall time: they hold personal data and cause nothing any more.
 * The rows stay, for the ledger and so that an event is never taken twice; dead letters keep theirs. What came about deleted
 * accounts after their end goes at once. Answers how many.
 */
export async function forgetPayloads(deps: Pick<Deps, "db" | "clock">): Promise<number> {
  const before = new Date(deps.clock.wall() - KEPT_MS).toISOString();
  let forgotten = 0;
  for (let batches = 0; batches < MOST_BATCHES; batches++) {
    const rows = await deps.db.execute(sql`
      update webhook_events set payload = '' where event_id in (
        select event_id from webhook_events
        where received_at < ${before} and outcome in ('processed', 'ignored') and payload <> ''
        order by received_at limit ${BATCH} for update skip locked)
      returning event_id`);
    forgotten += rows.length;
    if (rows.length < BATCH) break;
  }
  return forgotten + (await forgetErased(deps, before));
}

/** What Stripe sent about people who are not here any more, and that nothing but the ledger needed; younger than the others. */
function forgetErased({ db }: Pick<Deps, "db">, before: string): Promise<number> {
  return emptyPayloads(
    db,
    sql`received_at >= ${before} and payload <> '' and customer_id = any(array(
      select c.customer_id from stripe_customers c join users u on u.id = c.user_id where u.deleted_at is not null))`,
  );
}
