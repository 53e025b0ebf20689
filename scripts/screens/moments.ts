import type { Pretend } from "./screen.ts";

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000 - 3_600_000).toISOString();

const MONTH_END = inDays(30);
const TRIAL_END = inDays(5);
const TRIAL_SOON = inDays(2);

const CARD = { brand: "visa", last4: "4242", exp_month: 12, exp_year: 2034 };
const receipt = (daysAgo: number) => ({
  id: `in_${daysAgo}`,
  paid_at: inDays(-daysAgo),
  amount_ore: 3900,
  currency: "sek",
  url: "https://invoice.example/receipt",
});
const OPEN = { amount_ore: 3900, currency: "sek", url: "https://invoice.example/pay" };

/** What the payment service knows: a card, receipts, a debt. */
export const BILLINGS = {
  trial: { available: true, card: CARD, receipts: [], open_invoice: null },
  cardless: { available: true, card: null, receipts: [], open_invoice: null },
  first: { available: true, card: CARD, receipts: [receipt(0)], open_invoice: null },
  paid: { available: true, card: CARD, receipts: [0, 30, 61].map(receipt), open_invoice: null },
  long: {
    available: true,
    card: { ...CARD, brand: "mastercard", last4: "4444", exp_month: 1, exp_year: 2026 },
    receipts: [0, 30, 61, 91, 122, 153, 183, 214].map(receipt),
    open_invoice: null,
  },
  owing: { available: true, card: CARD, receipts: [31, 61].map(receipt), open_invoice: OPEN },
  unfinished: { available: true, card: CARD, receipts: [], open_invoice: OPEN },
  away: { available: false, card: null, receipts: [], open_invoice: null },
};

const midnight = (days: number): string => `${inDays(days).slice(0, 10)}T23:00:00.000Z`;
const CONTRACT = {
  id: "sub_1SVq2bExample7Kd",
  service: "LiveAssist Permission",
  concluded_at: inDays(0),
  until: midnight(14),
};
const WHO = { name: "Anna Lind", email: "anna.lind@example.com" };
const NOT_YET = { ...WHO, received_at: null, refund: null };
const received = (state: "none" | "pending" | "done") => ({
  ...WHO,
  state: "received",
  contract: CONTRACT,
  received_at: new Date().toISOString(),
  refund: { amount_ore: state === "none" ? 0 : 3900, currency: "sek", state },
});

/** Where a withdrawal from the contract stands. */
export const WITHDRAWALS = {
  none: { ...NOT_YET, state: "none", contract: null },
  possible: { ...NOT_YET, state: "possible", contract: CONTRACT },
  over: {
    ...NOT_YET,
    state: "over",
    contract: { ...CONTRACT, concluded_at: inDays(-40), until: midnight(-26) },
  },
  pending: received("pending"),
  done: received("done"),
  nothingPaid: received("none"),
};

/** A seller as the environment of a real installation names one. */
export const SELLER = {
  name: "Exempel Assist AB",
  org_no: "559999-0000",
  address: "Storgatan 1, 111 22 Stockholm",
  email: "hej@liveassist.example",
};

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
    billing: BILLINGS.trial,
    withdrawal: WITHDRAWALS.possible,
  },
  trialSoon: {
    subscription_status: "trial",
    stripe_status: "trialing",
    subscription_expiry: TRIAL_SOON,
    trial_ends_at: TRIAL_SOON,
    trial_available: false,
    next_charge: { at: TRIAL_SOON, amount_ore: 3900 },
    billing: BILLINGS.trial,
    withdrawal: WITHDRAWALS.possible,
  },
  trialEnding: {
    subscription_status: "trial",
    stripe_status: "trialing",
    subscription_expiry: TRIAL_END,
    trial_ends_at: TRIAL_END,
    trial_available: false,
    cancel_at: TRIAL_END,
    billing: BILLINGS.trial,
    withdrawal: WITHDRAWALS.possible,
  },
  paid: {
    subscription_status: "paid",
    stripe_status: "active",
    subscription_expiry: MONTH_END,
    trial_available: false,
    next_charge: { at: MONTH_END, amount_ore: 3900 },
    billing: BILLINGS.first,
    withdrawal: WITHDRAWALS.possible,
  },
  paidLong: {
    subscription_status: "paid",
    stripe_status: "active",
    subscription_expiry: MONTH_END,
    trial_available: false,
    next_charge: { at: MONTH_END, amount_ore: 3900 },
    billing: BILLINGS.paid,
    withdrawal: WITHDRAWALS.over,
  },
  ending: {
    subscription_status: "paid",
    stripe_status: "active",
    subscription_expiry: MONTH_END,
    trial_available: false,
    cancel_at: MONTH_END,
    billing: BILLINGS.paid,
    withdrawal: WITHDRAWALS.over,
  },
  pastDue: {
    subscription_status: "paid",
    stripe_status: "past_due",
    subscription_expiry: TRIAL_END,
    trial_available: false,
    billing: BILLINGS.owing,
    withdrawal: WITHDRAWALS.over,
  },
  pastDueEnding: {
    subscription_status: "paid",
    stripe_status: "past_due",
    subscription_expiry: TRIAL_END,
    cancel_at: MONTH_END,
    trial_available: false,
    billing: BILLINGS.owing,
    withdrawal: WITHDRAWALS.over,
  },
  pastDueOver: owing("past_due"),
  unpaid: owing("unpaid"),
  paused: {
    stripe_status: "paused",
    trial_available: false,
    billing: BILLINGS.trial,
    withdrawal: WITHDRAWALS.over,
  },
  incomplete: {
    stripe_status: "incomplete",
    billing: BILLINGS.unfinished,
    withdrawal: WITHDRAWALS.none,
  },
  expired: { stripe_status: "incomplete_expired", withdrawal: WITHDRAWALS.none },
  ended: {
    stripe_status: "canceled",
    trial_available: false,
    billing: BILLINGS.paid,
    withdrawal: WITHDRAWALS.none,
  },
  withdrawn: {
    stripe_status: "canceled",
    trial_available: false,
    billing: BILLINGS.first,
    withdrawal: WITHDRAWALS.done,
  },
  withdrawnAway: {
    stripe_status: "active",
    trial_available: false,
    billing: BILLINGS.away,
    withdrawal: WITHDRAWALS.pending,
  },
  unknown: {
    stripe_status: "something_new",
    trial_available: false,
    billing: BILLINGS.paid,
    withdrawal: WITHDRAWALS.over,
  },
  stale: { stale: true },
} satisfies Record<string, Pretend>;

function owing(stripe_status: string): Pretend {
  const withdrawal = WITHDRAWALS.over;
  return { stripe_status, trial_available: false, billing: BILLINGS.owing, withdrawal };
}
