import type { Pretend } from "./screen.ts";

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000 - 3_600_000).toISOString();

const MONTH_END = inDays(30);
const TRIAL_END = inDays(4);

/** Stages of a subscription's life, as the server would tell them. */
export const MOMENTS = {
  trialUsed: { trial_available: false },
  pending: { pending: true },
  trial: {
    subscription_status: "trial",
    stripe_status: "trialing",
    subscription_expiry: TRIAL_END,
    trial_ends_at: TRIAL_END,
    trial_available: false,
    next_charge: { at: TRIAL_END, amount_ore: 3900 },
  },
  trialEnding: {
    subscription_status: "trial",
    stripe_status: "trialing",
    subscription_expiry: TRIAL_END,
    trial_ends_at: TRIAL_END,
    trial_available: false,
    cancel_at: TRIAL_END,
  },
  paid: {
    subscription_status: "paid",
    stripe_status: "active",
    subscription_expiry: MONTH_END,
    trial_available: false,
    next_charge: { at: MONTH_END, amount_ore: 3900 },
  },
  ending: {
    subscription_status: "paid",
    stripe_status: "active",
    subscription_expiry: MONTH_END,
    trial_available: false,
    cancel_at: MONTH_END,
  },
  pastDue: {
    subscription_status: "paid",
    stripe_status: "past_due",
    subscription_expiry: TRIAL_END,
    trial_available: false,
  },
  pastDueOver: { stripe_status: "past_due", trial_available: false },
  unpaid: { stripe_status: "unpaid", trial_available: false },
  paused: { stripe_status: "paused", trial_available: false },
  incomplete: { stripe_status: "incomplete" },
  ended: { stripe_status: "canceled", trial_available: false },
  unknown: { stripe_status: "something_new", trial_available: false },
  stale: { stale: true },
} satisfies Record<string, Pretend>;
