import { subscriptions, users } from "@liveassist/db/schema";
import { derivePlan } from "@liveassist/shared/derive-plan";
import { isPremium } from "@liveassist/shared/plans";
import { and, eq, isNull, ne } from "drizzle-orm";
import { toFacts } from "../billing/load-facts.ts";
import type { Deps } from "../deps.ts";

/** Looked at in one go; so many wrong ones are a disaster whatever their exact number. */
const MOST_ROWS = 1_000;

/**
 * How many people have a subscription that entitles them now and a row that says Free. Whether it entitles is told by the
 * rule of the product itself, from rows of one moment: a sync changes both at once, and what time ends is not given back.
 */
export async function countPayersOnFree(deps: Pick<Deps, "db" | "clock" | "price" | "settings">) {
  const found = await deps.db
    .select({ row: subscriptions })
    .from(subscriptions)
    .innerJoin(users, eq(users.id, subscriptions.userId))
    .where(and(ne(subscriptions.plan, "free"), eq(users.subscriptionStatus, "free"), isNull(users.deletedAt)))
    .limit(MOST_ROWS);
  // Without anybody to judge no price is needed, which Stripe may have to be asked for.
  const price = found.length > 0 ? await deps.price() : null;
  const now = deps.clock.now();
  const entitled = found.filter(
    ({ row }) => price && isPremium(derivePlan([toFacts(row, price)], now, deps.settings.grace).plan),
  );
  return { paid_without_premium: new Set(entitled.map(({ row }) => row.userId)).size };
}
