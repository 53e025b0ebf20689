import { subscriptions } from "@liveassist/db/schema";
import { derivePlan } from "@liveassist/shared/derive-plan";
import { isPremium } from "@liveassist/shared/plans";
import { and, ne, sql } from "drizzle-orm";
import { toFacts } from "../billing/load-facts.ts";
import type { Deps } from "../deps.ts";

/**
 * Those who have one that gave Premium, and a row that says Free: out of two indexes alone, hashed because comparing ids by
 * the rules of a language takes most of the time. So many are a disaster, however many more there are.
 */
const CANDIDATES = sql`select s.user_id from subscriptions s join users u on u.id collate "C" = s.user_id collate "C"
  where s.plan <> 'free' and u.subscription_status = 'free' and u.deleted_at is null limit 1000`;

/**
 * How many people have a subscription that entitles them now and a row that says Free. Whether it entitles is told by the
 * rule of the product itself, from rows of one moment: a sync changes both at once, and what time ends is not given back.
 */
export async function countPayersOnFree(deps: Pick<Deps, "db" | "clock" | "price" | "settings">) {
  const found = await deps.db
    .select({ row: subscriptions })
    .from(subscriptions)
    .where(and(ne(subscriptions.plan, "free"), sql`${subscriptions.userId} in (${CANDIDATES})`));
  // Without anybody to judge no price is needed, which Stripe may have to be asked for.
  const price = found.length > 0 ? await deps.price() : null;
  const now = deps.clock.now();
  const entitled = found.filter(
    ({ row }) => price && isPremium(derivePlan([toFacts(row, price)], now, deps.settings.grace).plan),
  );
  return { paid_without_premium: new Set(entitled.map(({ row }) => row.userId)).size };
}
