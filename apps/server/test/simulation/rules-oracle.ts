import type { TrueSubscription } from "./stripe-truth.ts";

/** The stated rules (requirements R9, R10, R22, design I8), written a second time and from Stripe's side. */
const DAY = 86_400_000;
const PAST_DUE_GRACE = 7 * DAY;
const TRIAL_GRACE = 60 * 60_000;
const PERIOD_GRACE = 2 * DAY;

export type Seen = "free" | "trial" | "paid";
export interface Right {
  readonly plan: Seen;
  readonly expiry: number | null;
}

const FREE: Right = { plan: "free", expiry: null };
const ORDER: readonly Seen[] = ["free", "trial", "paid"];

/** What one subscription entitles to at `now`, when Stripe was asked about it at `askedAt`. */
function rightOf(one: TrueSubscription, now: number, askedAt: number): Right {
  if (!one.ours) return FREE;
  if (one.status === "trialing") {
    const end = one.trialEnd ?? one.periodEnd;
    const stands = now < end || askedAt >= end || now < end + TRIAL_GRACE;
    return stands ? { plan: "trial", expiry: end } : FREE;
  }
  if (one.status === "active") {
    const stands = now < one.periodEnd || askedAt >= one.periodEnd || now < one.periodEnd + PERIOD_GRACE;
    return stands ? { plan: "paid", expiry: one.periodEnd } : FREE;
  }
  if (one.status === "past_due" && one.paid) {
    const end = (one.oldestOpenInvoice ?? one.periodStart) + PAST_DUE_GRACE;
    return now < end ? { plan: "paid", expiry: end } : FREE;
  }
  return FREE;
}

const better = (a: Right, b: Right): Right =>
  ORDER.indexOf(b.plan) > ORDER.indexOf(a.plan) || (a.plan === b.plan && (b.expiry ?? 0) > (a.expiry ?? 0))
    ? b
    : a;

/** What a user is entitled to: the best of all subscriptions. */
export function rightOfAll(all: readonly TrueSubscription[], now: number, askedAt: number): Right {
  return all.map((one) => rightOf(one, now, askedAt)).reduce(better, FREE);
}

/** One customer's possible truths, and when Stripe was asked. */
export interface Observed {
  readonly possible: readonly (readonly TrueSubscription[])[];
  readonly askedAt: number;
}

/**
 * Every plan that is right for a user whose customers were last observed like this. Several, because the world may have
 * moved between the question and the answer; invoices, and a subscription fetched by its id because the list did not have
 * it yet, may be of another moment than the list.
 */
export function plansAllowed(customers: readonly Observed[], now: number): Set<Seen> {
  let plans = new Set<Seen>(["free"]);
  for (const { possible, askedAt } of customers) {
    const mine = new Set(
      withInvoicesOfAnyMoment(withLaterFinds(possible)).map((truth) => rightOfAll(truth, now, askedAt).plan),
    );
    if (mine.size === 0) continue;
    plans = new Set(
      [...plans].flatMap((plan) =>
        [...mine].map((other) => (ORDER.indexOf(plan) > ORDER.indexOf(other) ? plan : other)),
      ),
    );
  }
  return plans;
}

/** A list of one moment, and what it lacks as it was at another. */
function withLaterFinds(possible: Observed["possible"]): (readonly TrueSubscription[])[] {
  return possible.flatMap((list) => {
    const ids = new Set(list.map(({ id }) => id));
    const longer = possible
      .map((other) => other.filter(({ id }) => !ids.has(id)))
      .filter((found) => found.length > 0);
    return [list, ...longer.map((found) => [...list, ...found])];
  });
}

function withInvoicesOfAnyMoment(possible: Observed["possible"]): (readonly TrueSubscription[])[] {
  if (possible.length < 2) return [...possible];
  return possible.flatMap((truth) => [
    truth,
    ...possible.map((other) =>
      truth.map((one) => {
        const same = other.find(({ id }) => id === one.id);
        return same ? { ...one, paid: same.paid, oldestOpenInvoice: same.oldestOpenInvoice } : one;
      }),
    ),
  ]);
}
