import { derivePlan } from "@liveassist/shared/derive-plan";
import { withGrants } from "@liveassist/shared/provisional";
import { toFacts } from "../../../../../packages/api/src/billing/load-facts.ts";
import type { Rows } from "../rows.ts";
import { type Observed, plansAllowed, type Seen } from "../rules-oracle.ts";
import type { Stage } from "../stage.ts";

const DAY = 86_400_000;
const GRACE = { pastDueMs: 7 * DAY, trialVerifyMs: 3_600_000, periodVerifyMs: 2 * DAY };

/** The plan a read would show a user now, by the product's own rules on the product's own rows. */
export function seenNow(stage: Stage, rows: Rows, userId: string): Seen {
  const { priceId, productId } = stage.offer;
  const price = { priceId, productId, amountOre: 3900, currency: "sek", interval: "month" };
  const own = rows.subscriptions.filter((row) => row.userId === userId);
  const facts = own.map((row) => toFacts(row, price));
  const grants = rows.provisional
    .filter((grant) => grant.user_id === userId)
    .map(({ subscription_id, status, ends_at }) => ({
      subscriptionId: subscription_id,
      status,
      endsAt: new Date(ends_at).getTime(),
    }));
  return withGrants(derivePlan(facts, stage.now(), GRACE), grants, stage.now()).plan;
}

/** The plans that the stated rules allow, from Stripe's own documents as they were when our last observations were made. */
export function allowedNow(stage: Stage, rows: Rows, userId: string): Set<Seen> {
  const own = rows.customers.filter((row) => row.user_id === userId);
  const observed = own.flatMap(({ customer_id }): Observed[] => {
    const window = stage.observations.windowOf(customer_id);
    if (!window) return [];
    const { from, to, askedAt } = window;
    const stale = stage.replicas.used
      .filter((use) => use.customer === customer_id && use.step >= from && use.step <= to)
      .map((use) => use.from);
    return [{ possible: stage.truth.between(customer_id, Math.min(from, ...stale), to), askedAt }];
  });
  const plans = plansAllowed(observed, stage.now());
  for (const plan of plansOnTheirWord(stage, own)) plans.add(plan);
  return plans;
}

/**
 * While Stripe is away a delivered event may grant what it says, for an hour after it came, not past its own end, and not
 * after Stripe was asked again (design I11).
 */
const plansOnTheirWord = (stage: Stage, own: Rows["customers"]): Seen[] =>
  stage.letters.flatMap(({ word, triedAt }) => {
    if (!word || triedAt === null || stage.now() >= triedAt + GRACE.trialVerifyMs) return [];
    if (stage.now() >= word.until || !own.some((row) => row.customer_id === word.customer)) return [];
    const standing = stage.observations.windowOf(word.customer);
    return standing && standing.askedAt >= triedAt ? [] : [word.plan];
  });
