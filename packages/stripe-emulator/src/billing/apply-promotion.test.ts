import Stripe from "stripe";
import { beforeEach, describe, expect, it } from "vitest";
import { answerInProcess } from "../http/answer-in-process.ts";
import { randomSource } from "../ids.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";
import { Store } from "../store/store.ts";
import { applyPromotionCode, removePromotionCode } from "./apply-promotion.ts";
import { HOUR } from "./calendar.ts";
import { checkoutTerms } from "./checkout-terms.ts";
import { playCheckout } from "./play-checkout.ts";
import { World } from "./world.ts";

let now: number;
let world: World;
let stripe: Stripe;
let price: Stripe.Price;

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  const options = { settings: DEFAULT_SETTINGS, random: randomSource(7) };
  world = new World(new Store(), () => now, options);
  const httpClient = Stripe.createFetchHttpClient(answerInProcess(world, () => {}));
  stripe = new Stripe("sk_test_promotions", { httpClient, maxNetworkRetries: 0 });
  price = await stripe.prices.create({
    currency: "sek",
    unit_amount: 3900,
    recurring: { interval: "month" },
    product_data: { name: "Club" },
  });
});

async function open(params: Partial<Stripe.Checkout.SessionCreateParams> = {}): Promise<string> {
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: "http://shop.example/",
    allow_promotion_codes: true,
    ...params,
  });
  return session.id;
}

async function code(
  coupon: Stripe.CouponCreateParams,
  params: Partial<Stripe.PromotionCodeCreateParams> = {},
): Promise<Stripe.PromotionCode> {
  const { id } = await stripe.coupons.create(coupon);
  return stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon: id },
    code: "SPRING",
    ...params,
  });
}

function termsOf(id: string) {
  const [session, plan] = [world.store.get("sessions", id), world.store.get("checkoutPlans", id)];
  if (session === undefined || plan === undefined) throw new Error("no session");
  return checkoutTerms(world, session, plan);
}

describe("a promotion code typed on the page", () => {
  it("changes what is due, whatever its case, and can be taken off again", async () => {
    const promotion = await code({
      percent_off: 50,
      duration: "repeating",
      duration_in_months: 3,
      name: "Spring",
    });
    const id = await open();
    expect(applyPromotionCode(world, id, " spring ")).toEqual({ kind: "ok" });
    expect(termsOf(id)).toMatchObject({
      subtotal: 3900,
      dueToday: 1950,
      recurring: 1950,
      fullPrice: 3900,
      discount: { code: "SPRING", name: "Spring", amount: 1950, text: "50% off for 3 months" },
    });
    const session = await stripe.checkout.sessions.retrieve(id);
    expect(session).toMatchObject({
      amount_subtotal: 3900,
      amount_total: 1950,
      discounts: [{ promotion_code: promotion.id }],
      total_details: { amount_discount: 1950 },
    });
    removePromotionCode(world, id);
    expect(termsOf(id)).toMatchObject({ dueToday: 3900, discount: null });
    expect((await stripe.checkout.sessions.retrieve(id)).discounts).toEqual([]);
    expect((await stripe.promotionCodes.retrieve(promotion.id)).times_redeemed).toBe(0);
  });

  it("is redeemed by the purchase", async () => {
    const promotion = await code({ percent_off: 50, duration: "forever" });
    const id = await open();
    applyPromotionCode(world, id, "SPRING");
    expect(playCheckout(world, id)).toMatchObject({ outcome: "complete", session: { amount_total: 1950 } });
    expect((await stripe.promotionCodes.retrieve(promotion.id)).times_redeemed).toBe(1);
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ["subscription.discounts"] });
    const { discounts } = session.subscription as Stripe.Subscription;
    expect(discounts).toMatchObject([{ promotion_code: promotion.id, checkout_session: null }]);
  });

  it("that counts once lowers the first payment after a trial, or the one of today", async () => {
    await code({ percent_off: 50, duration: "once" });
    const [trial, none] = [await open({ subscription_data: { trial_period_days: 5 } }), await open()];
    for (const id of [trial, none]) applyPromotionCode(world, id, "SPRING");
    expect(termsOf(trial)).toMatchObject({ dueToday: 0, recurring: 1950, fullPrice: 3900 });
    expect(termsOf(none)).toMatchObject({ dueToday: 1950, recurring: 3900, fullPrice: 3900 });
  });

  const TOO_SMALL = { minimum_amount: 10_000, minimum_amount_currency: "sek" };
  it.each<{ reason: string; off?: Stripe.CouponCreateParams; params?: object; typed?: string }>([
    { reason: "This code is invalid.", typed: "AUTUMN" },
    { reason: "This code is invalid.", params: { active: false } },
    { reason: "This code has expired.", params: { expires_at: Date.UTC(2026, 0, 2) / 1000 } },
    { reason: "This order is too small for this code.", params: { restrictions: TOO_SMALL } },
    { reason: "This code cannot be used for this order.", off: { amount_off: 5, currency: "usd" } },
  ])("is refused: $reason", async ({ reason, off = { percent_off: 10 }, params = {}, typed = "SPRING" }) => {
    await code({ duration: "once", ...off }, params);
    now += 25 * HOUR * 1000;
    const id = await open();
    expect(applyPromotionCode(world, id, typed)).toEqual({ kind: "refused", reason });
    expect(termsOf(id).discount).toBeNull();
  });

  it("typed after a refused card is what the next card pays", async () => {
    await code({ percent_off: 50, duration: "once" });
    const id = await open();
    expect(playCheckout(world, id, { card: "4000000000000002" })).toMatchObject({ outcome: "declined" });
    applyPromotionCode(world, id, "SPRING");
    expect(playCheckout(world, id)).toMatchObject({ outcome: "complete" });
    const { data } = await stripe.charges.list();
    expect(data.map(({ amount, paid }) => [amount, paid])).toEqual([
      [1950, true],
      [3900, false],
    ]);
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ["invoice"] });
    expect(session.invoice).toMatchObject({ total: 1950, amount_paid: 1950 });
  });

  it("is for first orders only, if it says so", async () => {
    await code({ percent_off: 10, duration: "once" }, { restrictions: { first_time_transaction: true } });
    const customer = await stripe.customers.create({ email: "ada@example.com" });
    const [first, second] = [await open({ customer: customer.id }), await open({ customer: customer.id })];
    expect(applyPromotionCode(world, first, "SPRING")).toEqual({ kind: "ok" });
    playCheckout(world, first);
    expect(applyPromotionCode(world, second, "SPRING")).toEqual({
      kind: "refused",
      reason: "This code is for first orders only.",
    });
  });

  it("is not asked for where the shop does not want any", async () => {
    await code({ percent_off: 10, duration: "once" });
    const id = await open({ allow_promotion_codes: false });
    expect(applyPromotionCode(world, id, "SPRING")).toMatchObject({ kind: "refused" });
  });
});
