import { type AccessRule, policyOf } from "./billing-policy.ts";
import { type Plan, RANK_OF_PLAN } from "./plans.ts";
import { type GracePolicy, isOver, type Standing, type SubscriptionFacts } from "./subscription.ts";

/** While Stripe, asked after an end, still says "live", it is asked again this often (design I8). */
const RECHECK_MS = 60_000;

interface Verdict {
  readonly plan: Plan;
  readonly end: number | null;
}

/** When the question is asked, and when Stripe was; epoch milliseconds. */
interface Moment {
  readonly now: number;
  readonly observedAt: number;
}

const FREE: Verdict = { plan: "free", end: null };

/** Access holds until `end`, and past it while nobody asked Stripe since, for a bounded grace (requirements R22, design I8). */
function holds(end: number | null, { observedAt, now }: Moment, graceMs: number): boolean {
  if (end === null || now < end) return true;
  return observedAt >= end || now < end + graceMs;
}

function verdictOf(rule: AccessRule, facts: SubscriptionFacts & Moment, grace: GracePolicy): Verdict {
  switch (rule) {
    case "until_trial_end": {
      const end = facts.trialEnd ?? facts.periodEnd;
      return holds(end, facts, grace.trialVerifyMs) ? { plan: "trial", end } : FREE;
    }
    case "until_period_end": {
      const end = facts.periodEnd;
      return holds(end, facts, grace.periodVerifyMs) ? { plan: "paid", end } : FREE;
    }
    case "until_grace_end": {
      const since = facts.openInvoiceAt ?? facts.periodStart;
      if (!facts.everPaid || since === null) return FREE;
      const end = since + grace.pastDueMs;
      return facts.now < end ? { plan: "paid", end } : FREE;
    }
    case "as_before":
      return asBefore(facts, grace);
    case "none":
      return FREE;
    default:
      return rule satisfies never;
  }
}

const NO_GRACE = { trialVerifyMs: 0, periodVerifyMs: 0 };

/** A word we do not know: what was granted stays until its period ends, nothing new is granted (requirements R9). */
function asBefore(facts: SubscriptionFacts & Moment, grace: GracePolicy): Verdict {
  if (facts.knownStatus === null) return FREE;
  const unasked = { ...facts, observedAt: Number.NEGATIVE_INFINITY };
  return verdictOf(policyOf(facts.knownStatus).access, unasked, { ...grace, ...NO_GRACE });
}

const judge = (facts: SubscriptionFacts, now: number, grace: GracePolicy): Verdict =>
  facts.counts ? verdictOf(policyOf(facts.status).access, { ...facts, now }, grace) : FREE;

/** A status that gives access to its own end, and not only for a grace. */
const isAlive = (status: string): boolean =>
  policyOf(status).access === "until_trial_end" || policyOf(status).access === "until_period_end";

/** When Stripe has to be asked about a subscription: at its next boundary, or a while after it outlived the last one. */
function checkAtOf(
  { status, observedAt, cancelAt }: SubscriptionFacts,
  { plan, end }: Verdict,
): number | null {
  // Free only because Stripe could not be asked for so long: it is asked on, so that its return is enough to mend it.
  if (plan === "free") return isAlive(status) ? observedAt + RECHECK_MS : null;
  // Past its end and still alive: asked each minute, however far ahead a scheduled cancel may be (design I8).
  const ends = end === null || end > observedAt ? end : observedAt + RECHECK_MS;
  const ahead = [ends, cancelAt].filter((at): at is number => at !== null && at > observedAt);
  return ahead.length > 0 ? Math.min(...ahead) : null;
}

/** Which of two subscriptions speaks for the user: the better plan, then a live one, then the later end, then the newer. */
function compare(a: [SubscriptionFacts, Verdict], b: [SubscriptionFacts, Verdict]): number {
  return (
    RANK_OF_PLAN[b[1].plan] - RANK_OF_PLAN[a[1].plan] ||
    Number(isOver(a[0].status)) - Number(isOver(b[0].status)) ||
    (b[1].end ?? 0) - (a[1].end ?? 0) ||
    b[0].createdAt - a[0].createdAt ||
    (a[0].id < b[0].id ? -1 : 1)
  );
}

/** The end that was asked for: `cancel_at`, or the period end with `cancel_at_period_end` (stripe-facts J). */
const scheduledEnd = (facts: SubscriptionFacts): number | null =>
  facts.cancelAt ?? (facts.cancelAtPeriodEnd ? facts.periodEnd : null);

/**
 * The one mapping from everything Stripe said about a user to their plan (requirements R9, R10).
 * Pure: `now` is epoch milliseconds, `facts` all subscriptions of all customers ever bound to the user, in any order.
 */
export function derivePlan(facts: readonly SubscriptionFacts[], now: number, grace: GracePolicy): Standing {
  const counted = facts.filter((one) => one.counts);
  const judged = counted.map((one): [SubscriptionFacts, Verdict] => [one, judge(one, now, grace)]);
  const best = judged.sort(compare)[0];
  if (!best) {
    return {
      plan: "free",
      expiry: null,
      stripeStatus: "none",
      trialEndsAt: null,
      cancelAt: null,
      subscriptionId: null,
      checkAt: null,
    };
  }
  const [speaker, verdict] = best;
  const checks = judged.map(([one, its]) => checkAtOf(one, its)).filter((at) => at !== null);
  return {
    plan: verdict.plan,
    expiry: verdict.end,
    stripeStatus: speaker.status,
    trialEndsAt: verdict.plan === "trial" ? verdict.end : null,
    cancelAt: isOver(speaker.status) ? null : scheduledEnd(speaker),
    subscriptionId: speaker.id,
    checkAt: checks.length > 0 ? Math.min(...checks) : null,
  };
}
