import { isKnownStatus, type StripeStatus } from "./subscription.ts";

/** Until when a subscription gives access. `as_before`: what was granted stays until its period ends, nothing new is granted. */
export type AccessRule = "until_trial_end" | "until_period_end" | "until_grace_end" | "as_before" | "none";

/** Why a second purchase is refused (requirements R23); both are codes of the HTTP contract. */
export type PurchaseRefusal = "ALREADY_SUBSCRIBED" | "PAYMENT_NEEDS_ATTENTION";

export interface StatusPolicy {
  readonly access: AccessRule;
  /** Null: somebody with nothing but such subscriptions may buy. */
  readonly refusal: PurchaseRefusal | null;
  /** It takes money or soon will: a second one beside it is a double payment. */
  readonly bills: boolean;
  readonly why: string;
}

/** What each status of Stripe's means here (requirements R9, R22, R23; stripe-facts §3). */
export const STATUS_POLICY: Readonly<Record<StripeStatus, StatusPolicy>> = {
  trialing: {
    access: "until_trial_end",
    refusal: "ALREADY_SUBSCRIBED",
    bills: true,
    why: "The trial was promised in full, also to somebody who cancels in it; it turns into a paid month by itself.",
  },
  active: {
    access: "until_period_end",
    refusal: "ALREADY_SUBSCRIBED",
    bills: true,
    why: "Paid, or being paid right now: Stripe takes up to three days to collect a renewal, and that is not the customer's doing.",
  },
  past_due: {
    access: "until_grace_end",
    refusal: "PAYMENT_NEEDS_ATTENTION",
    bills: true,
    why: "Cards expire and banks refuse without anybody's fault: who paid before gets days to put it right. Who never paid has nothing to keep.",
  },
  unpaid: {
    access: "none",
    refusal: "PAYMENT_NEEDS_ATTENTION",
    bills: true,
    why: "All tries to collect failed. Paying the open invoice brings access back; a second subscription would not settle the debt.",
  },
  paused: {
    access: "none",
    refusal: "PAYMENT_NEEDS_ATTENTION",
    bills: false,
    why: "Nothing is charged, so nothing is given; resuming is one press, and a second subscription beside it would be charged twice then.",
  },
  incomplete: {
    access: "none",
    refusal: "PAYMENT_NEEDS_ATTENTION",
    bills: false,
    why: "The first payment is under way, for 23 hours at most. It may still succeed, so a second purchase would be paid twice.",
  },
  incomplete_expired: {
    access: "none",
    refusal: null,
    bills: false,
    why: "Never paid and over for good: whoever wants to may buy.",
  },
  canceled: {
    access: "none",
    refusal: null,
    bills: false,
    why: "Over for good. With a cancel at the period's end Stripe says so only then, so nobody loses a day that was paid.",
  },
};

const UNKNOWN_STATUS: StatusPolicy = {
  access: "as_before",
  refusal: "PAYMENT_NEEDS_ATTENTION",
  bills: true,
  why: "A word of the future: taking away what was paid would be unfair, granting on it careless; a person has to look.",
};

/** The policy for a status as Stripe says it, known or not. */
export const policyOf = (status: string): StatusPolicy =>
  isKnownStatus(status) ? STATUS_POLICY[status] : UNKNOWN_STATUS;

/** Why a user with live subscriptions in these statuses may not buy another; null: they may (requirements R23). */
export function refusalOf(statuses: readonly string[]): PurchaseRefusal | null {
  const refusals = statuses.map((status) => policyOf(status).refusal);
  if (refusals.includes("ALREADY_SUBSCRIBED")) return "ALREADY_SUBSCRIBED";
  return refusals.includes("PAYMENT_NEEDS_ATTENTION") ? "PAYMENT_NEEDS_ATTENTION" : null;
}
