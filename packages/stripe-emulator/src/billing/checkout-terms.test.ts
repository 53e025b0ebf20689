import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { answerInProcess } from "../http/answer-in-process.ts";
import { randomSource } from "../ids.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";
import { Store } from "../store/store.ts";
import { DAY } from "./calendar.ts";
import { checkoutTerms } from "./checkout-terms.ts";
import { playCheckout } from "./play-checkout.ts";
import { Schedule } from "./schedule.ts";
import { World } from "./world.ts";

const COUPONS: Record<string, Stripe.CouponCreateParams | null> = {
  "no discount": null,
  "a third, once": { percent_off: 33.33, duration: "once" },
  "a third, for one month": { percent_off: 33.33, duration: "repeating", duration_in_months: 1 },
  "a third, for two months": { percent_off: 33.33, duration: "repeating", duration_in_months: 2 },
  "10 kr, for ever": { amount_off: 1000, currency: "sek", duration: "forever" },
  "more than it costs, once": { amount_off: 1_000_000, currency: "sek", duration: "once" },
  "everything, for ever": { percent_off: 100, duration: "forever" },
};
const CASES = Object.keys(COUPONS).flatMap((coupon) =>
  [null, 5, 45].flatMap((trial) => [false, true].map((once) => ({ coupon, trial, once }))),
);

describe("what a checkout says it will cost", () => {
  it.each(CASES)("is what is charged: $coupon, trial of $trial days, set-up fee: $once", async (chosen) => {
    const { world, stripe, advance } = begin();
    const items = [{ price: await priceOf(stripe, { interval: "month" }), quantity: 3 }];
    if (chosen.once) items.push({ price: await priceOf(stripe, null), quantity: 1 });
    const wish = COUPONS[chosen.coupon];
    const coupon = wish ? (await stripe.coupons.create(wish)).id : null;
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: items,
      success_url: "http://shop.example/",
      ...(coupon !== null && { discounts: [{ coupon }] }),
      ...(chosen.trial !== null && { subscription_data: { trial_period_days: chosen.trial } }),
    });
    const plan = world.store.get("checkoutPlans", session.id);
    if (plan === undefined) throw new Error("no plan");
    const terms = checkoutTerms(world, session, plan);
    expect([session.amount_subtotal, session.amount_total]).toEqual([terms.subtotal, terms.dueToday]);
    const result = playCheckout(world, session.id);
    if (result.outcome !== "complete") throw new Error(JSON.stringify(result));
    const [first] = world.store.all("invoices");
    expect(first).toMatchObject({
      subtotal: terms.subtotal,
      total: terms.dueToday,
      amount_paid: terms.dueToday,
    });
    advance((chosen.trial ?? 31) * DAY + DAY);
    const [, second] = world.store.all("invoices");
    expect(second).toMatchObject({ status: "paid", subtotal: terms.fullPrice, total: terms.recurring });
    const taken = world.store.all("charges").reduce((sum, { amount }) => sum + amount, 0);
    expect(taken).toBe(terms.dueToday + terms.recurring);
  });
});

function begin() {
  let now = Date.UTC(2026, 0, 1) / 1000;
  const settings = { ...DEFAULT_SETTINGS, draftSecondsUnanswered: DEFAULT_SETTINGS.draftSeconds };
  const world = new World(new Store(), () => now * 1000, { settings, random: randomSource(7) });
  const schedule = new Schedule(world);
  const httpClient = Stripe.createFetchHttpClient(answerInProcess(world, () => {}));
  const stripe = new Stripe("sk_test_checkout_terms", { httpClient, maxNetworkRetries: 0 });
  const advance = (seconds: number) => {
    now += seconds;
    schedule.runUntil(now);
  };
  return { world, stripe, advance };
}

async function priceOf(stripe: Stripe, recurring: { interval: "month" } | null): Promise<string> {
  const { id } = await stripe.prices.create({
    currency: "sek",
    unit_amount: recurring === null ? 9999 : 3901,
    product_data: { name: "Club" },
    ...(recurring && { recurring }),
  });
  return id;
}
