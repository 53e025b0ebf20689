import type { Plan } from "./plans.ts";

/** Every subscription status of Stripe's pinned API version (stripe-facts §3). */
export const STRIPE_STATUSES = [
  "trialing",
  "active",
  "past_due",
  "unpaid",
  "paused",
  "incomplete",
  "incomplete_expired",
  "canceled",
] as const;
export type StripeStatus = (typeof STRIPE_STATUSES)[number];

const KNOWN: ReadonlySet<string> = new Set(STRIPE_STATUSES);

/** Stripe's types are open: a new status may arrive with any event (requirements R9). */
export const isKnownStatus = (status: string): status is StripeStatus => KNOWN.has(status);

/** A status that can never change again; everything else blocks a second purchase (requirements R23). */
export const isOver = (status: string): boolean => status === "canceled" || status === "incomplete_expired";

/** What we stored of one Stripe subscription. All times are epoch milliseconds. */
export interface SubscriptionFacts {
  readonly id: string;
  /** Stripe's word, verbatim. */
  readonly status: string;
  /** The last status we understood; differs from `status` only while Stripe says a word we do not know. */
  readonly knownStatus: StripeStatus | null;
  /** True when an item has the configured price or its product. */
  readonly counts: boolean;
  readonly createdAt: number;
  readonly periodStart: number | null;
  readonly periodEnd: number | null;
  readonly trialEnd: number | null;
  readonly cancelAt: number | null;
  readonly cancelAtPeriodEnd: boolean;
  /** True once an invoice above 0 kr of it was paid; never becomes untrue. */
  readonly everPaid: boolean;
  /** Creation of its oldest open invoice. */
  readonly openInvoiceAt: number | null;
  /** When Stripe was last asked about it. */
  readonly observedAt: number;
}

/** How long access is kept, in milliseconds. */
export interface GracePolicy {
  readonly pastDueMs: number;
  readonly trialVerifyMs: number;
  readonly periodVerifyMs: number;
}

/** What a user's subscriptions amount to at one moment. Times are epoch milliseconds. */
export interface Standing {
  readonly plan: Plan;
  /** Null while free (requirements R10). */
  readonly expiry: number | null;
  readonly stripeStatus: string;
  readonly trialEndsAt: number | null;
  readonly cancelAt: number | null;
  readonly subscriptionId: string | null;
  /** When Stripe has to be asked again, at the latest. */
  readonly checkAt: number | null;
}

/** The part of a standing that a client shows; a change in it is worth an event (requirements R18). */
export interface VisibleState {
  readonly plan: Plan;
  readonly expiry: number | null;
  readonly stripeStatus: string;
  readonly trialEndsAt: number | null;
  readonly cancelAt: number | null;
  readonly xp: number;
}

const VISIBLE = ["plan", "expiry", "stripeStatus", "trialEndsAt", "cancelAt", "xp"] as const;

/** The names of the visible fields in which two states differ; empty when a client would see no difference. */
export function visibleDiff(before: VisibleState, after: VisibleState): (keyof VisibleState)[] {
  return VISIBLE.filter((field) => before[field] !== after[field]);
}
