import type { Life } from "./life.ts";
import { DAY, free, HOUR, type Lifecycle, PAID, type Step, TRIAL } from "./lifecycle.ts";

const buys: Step = { does: (life) => life.buys(), sees: PAID };

async function disputes(life: Life): Promise<void> {
  life.disputeId = life.emulator.dispute(life.charge());
}
const closes = (outcome: "won" | "lost") => async (life: Life) =>
  life.emulator.closeDispute(life.disputeId, outcome);

/** What a shop sees more rarely: disputes, deletions, second customers, other prices, slow payments. */
export const ODD_LIFECYCLES: readonly Lifecycle[] = [
  ...(["won", "lost"] as const).map(
    (outcome): Lifecycle => ({
      name: `disputed, and ${outcome}`,
      steps: [buys, { does: disputes, sees: PAID }, { does: closes(outcome), sees: PAID }],
      pushes: 1,
      trialUsed: false,
    }),
  ),
  {
    name: "disputed, where that ends the subscription",
    settings: { disputeCancels: true },
    steps: [
      buys,
      { does: disputes, sees: free("canceled") },
      { does: closes("won"), sees: free("canceled") },
    ],
    pushes: 2,
    trialUsed: false,
  },
  {
    name: "the customer is deleted",
    steps: [buys, { does: (life) => life.stripe.customers.del(life.customerId), sees: free("canceled") }],
    pushes: 2,
    trialUsed: false,
  },
  {
    name: "the customer is deleted, and the user buys again",
    steps: [
      buys,
      { does: (life) => life.stripe.customers.del(life.customerId), sees: free("canceled") },
      { does: (life) => life.buys(), sees: PAID },
    ],
    pushes: 3,
    trialUsed: false,
  },
  {
    name: "a second customer, made by hand, when the first has ended",
    madeByHand: true,
    steps: [
      { does: (life) => life.buys({ trial: true }), sees: TRIAL },
      { does: (life) => life.ends(), sees: free("canceled", 0) },
      { does: (life) => life.isSubscribed({}, "pm_card_visa"), sees: PAID },
    ],
    pushes: 3,
    trialUsed: true,
  },
  {
    name: "made by hand, not paid at first, then paid",
    madeByHand: true,
    steps: [
      {
        does: (life) => life.isSubscribed({ payment_behavior: "default_incomplete" }),
        sees: free("incomplete", 0),
      },
      { does: (life) => life.paysInvoice(), sees: PAID },
    ],
    pushes: 2,
    trialUsed: false,
  },
  {
    name: "made by hand, and never paid",
    madeByHand: true,
    steps: [
      {
        does: (life) => life.isSubscribed({ payment_behavior: "default_incomplete" }),
        sees: free("incomplete", 0),
      },
      { passes: DAY, sees: free("incomplete_expired", 0) },
    ],
    pushes: 2,
    trialUsed: false,
  },
  {
    name: "another price of our product",
    steps: [
      buys,
      {
        does: async (life) =>
          life.moves({ product: String((await life.read()).items.data[0]?.price.product) }),
        sees: PAID,
      },
    ],
    pushes: 1,
    trialUsed: false,
  },
  {
    name: "moved to a product that is not ours",
    steps: [
      buys,
      {
        does: async (life) => {
          const { id: product } = await life.stripe.products.create({ name: "Something else" });
          await life.moves({ product });
        },
        sees: free("none", null),
      },
    ],
    pushes: 2,
    trialUsed: false,
  },
  {
    name: "a payment method that takes days",
    steps: [
      buys,
      {
        does: async (life) =>
          life.hearsToo("checkout.session.async_payment_succeeded", "checkout.session.completed"),
        passes: HOUR,
        sees: PAID,
      },
    ],
    pushes: 1,
    trialUsed: false,
  },
];
