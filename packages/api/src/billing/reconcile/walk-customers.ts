import { stripeCustomers } from "@liveassist/db/schema";
import { and, asc, gt, isNull, sql } from "drizzle-orm";
import { askCustomer } from "./ask-customer.ts";
import { saveWalk } from "./save-walk.ts";
import type { Walking } from "./walk.ts";

const BATCH = 20;
/** So few are all asked in each walk; of more, those with nothing under way are asked once a day. */
const SMALL = 1_000;
const DAY_MS = 86_400_000;

/** In SQL, of `stripe_customers`: something is live, under way or never looked at, so that a difference could matter now. */
const IS_BUSY = sql`(${stripeCustomers.observedAt} is null
  or exists (select 1 from subscriptions s where s.customer_id = ${stripeCustomers.customerId}
    and s.status not in ('canceled', 'incomplete_expired'))
  or exists (select 1 from checkout_attempts a where a.customer_id = ${stripeCustomers.customerId}
    and a.state in ('open', 'paid') and a.session_id is not null))`;

/**
 * From Stripe to us without a list of everything: asks about each bound customer whose state could differ, one by one.
 * For a Stripe that refuses the account-wide list, or whose list cannot be trusted.
 */
export async function walkCustomers(walking: Walking): Promise<void> {
  const { deps, walk, pace } = walking;
  const quietSince = new Date(deps.clock.now() - DAY_MS).toISOString();
  const [all] = await deps.db.select({ n: sql<number>`count(*)::int` }).from(stripeCustomers);
  const everybody = (all?.n ?? 0) <= SMALL;
  for (;;) {
    pace.check();
    const batch = await deps.db
      .select({ customerId: stripeCustomers.customerId, userId: stripeCustomers.userId })
      .from(stripeCustomers)
      .where(
        and(
          gt(stripeCustomers.customerId, walk.cursor ?? ""),
          isNull(stripeCustomers.deletedAt),
          sql`(${everybody} or ${IS_BUSY} or ${stripeCustomers.observedAt} < ${quietSince})`,
        ),
      )
      .orderBy(asc(stripeCustomers.customerId))
      .limit(BATCH);
    for (const customer of batch) await askCustomer(walking, customer);
    const last = batch.at(-1);
    if (!last) break;
    await saveWalk(deps, walk, { cursor: last.customerId, add: { asked: batch.length } });
  }
  await saveWalk(deps, walk, { phase: "database", cursor: null });
}
