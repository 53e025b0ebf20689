import type { Life } from "./life.ts";
import { DAY, free, HOUR, type Lifecycle, MONTH, OVERDUE, PAID, TRIAL, UNPAID_YET } from "./lifecycle.ts";

const starts = (card?: string | null) => ({
  does: (life: Life) => life.buys(card === undefined ? { trial: true } : { trial: true, card }),
  sees: TRIAL,
});
const announced = { passes: 2 * DAY + HOUR, sees: TRIAL };
const CANCELING_TRIAL = { ...TRIAL, cancels: true };

/** What can become of a trial. */
export const TRIAL_LIFECYCLES: readonly Lifecycle[] = [
  {
    name: "a trial with a card becomes paid",
    steps: [
      starts(),
      announced,
      // Active for an hour before any money moves (stripe-facts E).
      { passes: 3 * DAY - 30 * 60_000, sees: UNPAID_YET },
      { passes: 2 * HOUR, sees: PAID },
    ],
    pushes: 3,
    trialUsed: true,
  },
  {
    name: "a trial without a card ends",
    env: { TRIAL_REQUIRES_CARD: "false" },
    steps: [starts(null), announced, { passes: 3 * DAY, sees: free("canceled", 0) }],
    pushes: 2,
    trialUsed: true,
  },
  {
    name: "a trial is cancelled and runs out",
    steps: [
      starts(),
      { does: (life) => life.changes({ cancel_at_period_end: true }), sees: CANCELING_TRIAL },
      { passes: 5 * DAY + HOUR, sees: free("canceled", 0) },
    ],
    pushes: 3,
    trialUsed: true,
  },
  {
    name: "a trial is ended at once",
    steps: [starts(), announced, { does: (life) => life.ends(), sees: free("canceled", 0) }],
    pushes: 2,
    trialUsed: true,
  },
  {
    name: "a trial whose first payment fails is no debt to live on",
    steps: [
      starts("4000000000000341"),
      { passes: 5 * DAY + 90 * 60_000, sees: free("past_due", 0) },
      { does: (life) => life.paysInvoice(), sees: PAID },
    ],
    pushes: 3,
    trialUsed: true,
  },
  {
    name: "a renewal that needs 3-D Secure is confirmed later",
    steps: [
      {
        does: async (life) => {
          await life.buys();
          await life.usesCard("pm_card_authenticationRequired");
        },
        sees: PAID,
      },
      { passes: MONTH + 2 * HOUR, sees: OVERDUE },
      { does: (life) => life.paysInvoice(), sees: PAID },
    ],
    pushes: 3,
    trialUsed: false,
  },
];
