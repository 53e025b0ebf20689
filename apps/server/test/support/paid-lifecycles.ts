import type { Life } from "./life.ts";
import { CANCELING, DAY, free, HOUR, type Lifecycle, MONTH, OVERDUE, PAID, type Step } from "./lifecycle.ts";

const buys: Step = { does: (life) => life.buys(), sees: PAID };
/** A month and two hours later: the renewal's draft hour is over. */
const RENEWAL = MONTH + 2 * HOUR;
const withBadCard: Step = {
  does: async (life) => {
    await life.buys();
    await life.usesCard("pm_card_chargeCustomerFail");
  },
  sees: PAID,
};
const overdue: Step = { passes: RENEWAL, sees: OVERDUE };
/** The grace is over, Stripe still tries (R9). */
const graceOver: Step = { passes: 8 * DAY, sees: free("past_due") };

/** What can become of a subscription that is paid. */
export const PAID_LIFECYCLES: readonly Lifecycle[] = [
  { name: "a purchase with the trial skipped", steps: [buys], pushes: 1, trialUsed: false },
  {
    name: "a renewal",
    steps: [buys, { passes: RENEWAL, sees: PAID }],
    pushes: 2,
    trialUsed: false,
  },
  { name: "a renewal fails", steps: [withBadCard, overdue], pushes: 2, trialUsed: false },
  {
    name: "a renewal fails and is paid later",
    steps: [
      withBadCard,
      overdue,
      { does: (life) => life.usesCard("pm_card_visa"), passes: 4 * DAY, sees: PAID },
    ],
    pushes: 3,
    trialUsed: false,
  },
  {
    name: "a renewal fails until the end",
    steps: [withBadCard, overdue, graceOver, { passes: 9 * DAY, sees: free("canceled") }],
    pushes: 4,
    trialUsed: false,
  },
  {
    name: "a renewal fails and stays unpaid",
    settings: { afterLastRetry: "unpaid" },
    steps: [withBadCard, overdue, graceOver, { passes: 9 * DAY, sees: free("unpaid") }],
    pushes: 4,
    trialUsed: false,
  },
  {
    name: "paused",
    steps: [
      buys,
      { does: (life) => life.stripe.subscriptions.pause(life.subscriptionId), sees: free("paused") },
    ],
    pushes: 2,
    trialUsed: false,
  },
  {
    name: "paused and resumed",
    steps: [
      buys,
      {
        does: (life) => life.stripe.subscriptions.pause(life.subscriptionId),
        passes: DAY,
        sees: free("paused"),
      },
      { does: (life) => life.stripe.subscriptions.resume(life.subscriptionId), sees: PAID },
    ],
    pushes: 3,
    trialUsed: false,
  },
  {
    name: "cancelled for the period's end",
    steps: [buys, { does: (life) => life.changes({ cancel_at_period_end: true }), sees: CANCELING }],
    pushes: 2,
    trialUsed: false,
  },
  {
    name: "cancelled in the portal, which sets only cancel_at",
    steps: [buys, { does: (life) => life.cancelsInPortal(), sees: CANCELING }],
    pushes: 2,
    trialUsed: false,
  },
  {
    name: "cancelled in the portal, and kept after all",
    steps: [
      buys,
      { does: (life) => life.cancelsInPortal(), sees: CANCELING },
      { does: (life) => life.changes({ cancel_at: "" }), sees: PAID },
    ],
    pushes: 3,
    trialUsed: false,
  },
  {
    name: "cancelled, kept, cancelled again, and over",
    steps: [
      buys,
      { does: (life) => life.changes({ cancel_at_period_end: true }), sees: CANCELING },
      { does: (life) => life.changes({ cancel_at_period_end: false }), sees: PAID },
      { does: (life) => life.changes({ cancel_at_period_end: true }), sees: CANCELING },
      { passes: RENEWAL, sees: free("canceled") },
    ],
    pushes: 5,
    trialUsed: false,
  },
  {
    name: "ended at once",
    steps: [buys, { does: (life) => life.ends(), sees: free("canceled") }],
    pushes: 2,
    trialUsed: false,
  },
  {
    name: "bought again after the end",
    steps: [
      buys,
      { does: (life) => life.ends(), passes: DAY, sees: free("canceled") },
      { does: (life) => life.buys(), sees: PAID },
    ],
    pushes: 3,
    trialUsed: false,
  },
  {
    name: "refunded in full",
    steps: [buys, { does: (life) => refund(life), sees: PAID }],
    pushes: 1,
    trialUsed: false,
  },
  {
    name: "refunded in part, then the rest",
    steps: [
      buys,
      { does: (life) => refund(life, 1000), sees: PAID },
      { does: (life) => refund(life), sees: PAID },
    ],
    pushes: 1,
    trialUsed: false,
  },
];

const refund = (life: Life, amount?: number): Promise<unknown> =>
  life.stripe.refunds.create({ charge: life.charge(), ...(amount === undefined ? {} : { amount }) });
