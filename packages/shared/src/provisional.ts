import { policyOf } from "./billing-policy.ts";
import { type Plan, RANK_OF_PLAN } from "./plans.ts";
import type { Standing } from "./subscription.ts";

/** Access on a verified event's word while Stripe cannot be asked (design I11). `endsAt`: epoch milliseconds. */
export interface ProvisionalGrant {
  readonly subscriptionId: string;
  /** Stripe's word in the event. */
  readonly status: string;
  readonly endsAt: number;
}

/** The plan that a status in an event's payload may grant by itself; null: none (design I11). */
export function grantablePlan(status: string): Exclude<Plan, "free"> | null {
  const { access } = policyOf(status);
  if (access === "until_trial_end") return "trial";
  return access === "until_period_end" ? "paid" : null;
}

/**
 * What a user has with grants on top of what their subscription rows give: the better of both, never less (design I11).
 * Answers `standing` itself when no grant makes a difference. `now`: epoch milliseconds.
 */
export function withGrants(standing: Standing, grants: readonly ProvisionalGrant[], now: number): Standing {
  const [best] = grants
    .flatMap((grant) => {
      const plan = grant.endsAt > now ? grantablePlan(grant.status) : null;
      return plan !== null && RANK_OF_PLAN[plan] > RANK_OF_PLAN[standing.plan] ? [{ ...grant, plan }] : [];
    })
    .sort((a, b) => RANK_OF_PLAN[b.plan] - RANK_OF_PLAN[a.plan] || b.endsAt - a.endsAt);
  if (!best) return standing;
  const { plan, endsAt, status, subscriptionId } = best;
  return {
    plan,
    expiry: Math.max(endsAt, standing.expiry ?? endsAt),
    stripeStatus: status,
    trialEndsAt: plan === "trial" ? endsAt : null,
    cancelAt: subscriptionId === standing.subscriptionId ? standing.cancelAt : null,
    subscriptionId,
    checkAt: Math.min(endsAt, standing.checkAt ?? endsAt),
  };
}
