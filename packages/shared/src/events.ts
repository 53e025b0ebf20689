import type { Plan } from "./plans.ts";

/** What every open tab of a user hears after a committed sync that changed something it shows (requirements R18). */
export interface SubscriptionUpdated {
  readonly type: "subscription.updated";
  readonly userId: string;
  readonly subscription_status: Plan;
  /** ISO time or null while free (requirements R10). */
  readonly subscription_expiry: string | null;
  /** Stripe's word, verbatim, or `none`. */
  readonly stripe_status: string;
  readonly cancel_at: string | null;
  readonly xp: number;
  /** 250, and only in the one event that granted it. */
  readonly xp_awarded?: number;
  /** Id of the user's latest outbox row; the same number in `/me` and as the tracked id. */
  readonly version: number;
}
