import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, makePrice, openShop, refusal, type Shop, START } from "../../test/shop.ts";

let shop: Shop;
let price: Stripe.Price;
beforeEach(async () => {
  shop = await openShop();
  price = await makePrice(shop);
  await shop.stripe.coupons.create({ id: "HALF", percent_off: 50, duration: "forever" });
});
afterEach(() => shop.close());

const PROMOTION = { type: "coupon", coupon: "HALF" } as const;
const OLD = { apiVersion: "2024-12-18.acacia" as never };

async function customerWithCard(): Promise<string> {
  const params = {
    payment_method: "pm_card_visa",
    invoice_settings: { default_payment_method: "pm_card_visa" },
  };
  return (await shop.stripe.customers.create(params)).id;
}

async function subscribe(discount: Stripe.SubscriptionCreateParams.Discount, customer?: string) {
  return shop.stripe.subscriptions.create({
    customer: customer ?? (await customerWithCard()),
    items: [{ price: price.id }],
    discounts: [discount],
  });
}

describe("promotion codes", () => {
  it("lead to a coupon, under a code that is made when none is given", async () => {
    const code = await shop.stripe.promotionCodes.create({ promotion: PROMOTION });
    expect(code).toMatchObject({
      object: "promotion_code",
      active: true,
      promotion: { type: "coupon", coupon: "HALF" },
      restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
      times_redeemed: 0,
    });
    expect(code.code).toMatch(/^[A-Z0-9]{8}$/);
    const expanded = await shop.stripe.promotionCodes.retrieve(code.id, { expand: ["promotion.coupon"] });
    expect(expanded.promotion.coupon).toMatchObject({ id: "HALF", percent_off: 50 });
  });

  it("are named by the coupon alone in versions before 2025-09-30.clover, and shown as today", async () => {
    const { stripe } = shop;
    const code = await stripe.promotionCodes.create({ coupon: "HALF" } as never, OLD);
    expect(code.promotion).toEqual({ type: "coupon", coupon: "HALF" });
    expect(await refusal(stripe.promotionCodes.create({ coupon: "HALF" } as never))).toMatchObject({
      code: "parameter_unknown",
      param: "coupon",
    });
  });

  it("are unique while they are active, whatever their case", async () => {
    const { stripe } = shop;
    const create = (params: Partial<Stripe.PromotionCodeCreateParams>) =>
      stripe.promotionCodes.create({ promotion: PROMOTION, ...params });
    const first = await create({ code: "Summer" });
    expect(await refusal(create({ code: "SUMMER" }))).toMatchObject({
      statusCode: 400,
      message: "An active promotion code with `code: SUMMER` already exists.",
    });
    await stripe.promotionCodes.update(first.id, { active: false });
    const second = await create({ code: "SUMMER" });
    expect(await refusal(stripe.promotionCodes.update(first.id, { active: true }))).toMatchObject({
      param: "code",
    });
    const listed = await stripe.promotionCodes.list({ code: "summer" });
    expect(listed.data.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect((await stripe.promotionCodes.list({ code: "summer", active: true })).data).toHaveLength(1);
  });

  it("may read alike for two customers, and are listed by customer, coupon and time", async () => {
    const { stripe } = shop;
    const [ada, bo] = [await customerWithCard(), await customerWithCard()];
    await stripe.promotionCodes.create({ promotion: PROMOTION, code: "YOU", customer: ada });
    await shop.emulator.clock.advance(DAY);
    const bos = await stripe.promotionCodes.create({ promotion: PROMOTION, code: "YOU", customer: bo });
    expect((await stripe.promotionCodes.list({ customer: bo })).data.map(({ id }) => id)).toEqual([bos.id]);
    expect((await stripe.promotionCodes.list({ coupon: "HALF" })).data).toHaveLength(2);
    const { data } = await stripe.promotionCodes.list({ created: { gt: START / 1000 } });
    expect(data.map(({ id }) => id)).toEqual([bos.id]);
  });

  it("tell when they are made and changed", async () => {
    const { stripe } = shop;
    const { id } = await stripe.promotionCodes.create({ promotion: PROMOTION });
    await stripe.promotionCodes.update(id, { active: false, metadata: { a: "b" } });
    const told = shop.emulator.events().filter(({ type }) => type.startsWith("promotion_code"));
    expect(told.map(({ type }) => type)).toEqual(["promotion_code.created", "promotion_code.updated"]);
    expect(told[1]?.data.previous_attributes).toEqual({ active: true, metadata: { a: null } });
  });

  it("end with their time, their uses and their coupon", async () => {
    const { stripe } = shop;
    const soon = START / 1000 + 86_400;
    const timed = await stripe.promotionCodes.create({ promotion: PROMOTION, expires_at: soon });
    const single = await stripe.promotionCodes.create({ promotion: PROMOTION, max_redemptions: 1 });
    const plain = await stripe.promotionCodes.create({ promotion: PROMOTION });
    const active = async (code: Stripe.PromotionCode) =>
      (await stripe.promotionCodes.retrieve(code.id)).active;
    await subscribe({ promotion_code: single.id });
    expect(await stripe.promotionCodes.retrieve(single.id)).toMatchObject({
      active: false,
      times_redeemed: 1,
    });
    expect((await stripe.coupons.retrieve("HALF")).times_redeemed).toBe(1);
    expect(await active(timed)).toBe(true);
    await shop.emulator.clock.advance(DAY);
    expect([await active(timed), await active(plain)]).toEqual([false, true]);
    await stripe.coupons.del("HALF");
    expect(await active(plain)).toBe(false);
    expect(await refusal(stripe.promotionCodes.update(timed.id, { active: true }))).toMatchObject({
      param: "active",
    });
  });

  it.each([
    [{ promotion: { type: "coupon" } }, { code: "parameter_missing", param: "promotion[coupon]" }],
    [{}, { code: "parameter_missing", param: "promotion" }],
    [
      { promotion: { type: "coupon", coupon: "NO" } },
      { code: "resource_missing", param: "promotion[coupon]" },
    ],
    [{ promotion: PROMOTION, code: "å!" }, { param: "code" }],
    [{ promotion: PROMOTION, expires_at: 1000 }, { param: "expires_at" }],
    [
      { promotion: PROMOTION, customer: "cus_no" },
      { code: "resource_missing", param: "customer" },
    ],
    [{ promotion: PROMOTION, max_redemptions: 0 }, { param: "max_redemptions" }],
    [
      { promotion: PROMOTION, restrictions: { minimum_amount: 100 } },
      { param: "restrictions[minimum_amount_currency]" },
    ],
  ])("are refused: %j", async (params, error) => {
    expect(await refusal(shop.stripe.promotionCodes.create(params as never))).toMatchObject({
      statusCode: 400,
      ...error,
    });
  });

  it("cannot outlive or outnumber their coupon", async () => {
    const { stripe } = shop;
    const redeem_by = START / 1000 + 86_400;
    await stripe.coupons.create({ id: "FEW", percent_off: 5, max_redemptions: 2, redeem_by });
    const create = (params: Partial<Stripe.PromotionCodeCreateParams>) =>
      stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: "FEW" }, ...params });
    expect(await refusal(create({ max_redemptions: 3 }))).toMatchObject({ param: "max_redemptions" });
    expect(await refusal(create({ expires_at: redeem_by + 1 }))).toMatchObject({ param: "expires_at" });
    await create({ max_redemptions: 2, expires_at: redeem_by });
  });
});

describe("redeeming is refused", () => {
  const none = { times_redeemed: 0 };

  it("for codes of another customer, and lets theirs pass", async () => {
    const ada = await customerWithCard();
    const code = await shop.stripe.promotionCodes.create({ promotion: PROMOTION, customer: ada });
    expect(await refusal(subscribe({ promotion_code: code.id }))).toMatchObject({
      statusCode: 400,
      param: "discounts[0][promotion_code]",
    });
    expect(await shop.stripe.promotionCodes.retrieve(code.id)).toMatchObject(none);
    await subscribe({ promotion_code: code.id }, ada);
  });

  it("for codes of first-time customers to those who have paid before", async () => {
    const ada = await customerWithCard();
    const restrictions = { first_time_transaction: true };
    const code = await shop.stripe.promotionCodes.create({ promotion: PROMOTION, restrictions });
    await subscribe({ promotion_code: code.id }, ada);
    expect(await refusal(subscribe({ promotion_code: code.id }, ada))).toMatchObject({
      code: "promotion_code_customer_not_first_time",
      message:
        "This promotion code cannot be redeemed because the associated customer has prior transactions.",
    });
  });

  it("below a least amount, in any currency it has one for", async () => {
    const { stripe } = shop;
    const restrictions = {
      minimum_amount: 500,
      minimum_amount_currency: "usd",
      currency_options: { sek: { minimum_amount: 3901 } },
    };
    const code = await stripe.promotionCodes.create({ promotion: PROMOTION, restrictions });
    expect(await refusal(subscribe({ promotion_code: code.id }))).toMatchObject({
      param: "discounts[0][promotion_code]",
    });
    const lower = { restrictions: { currency_options: { sek: { minimum_amount: 3900 } } } };
    await stripe.promotionCodes.update(code.id, lower);
    await subscribe({ promotion_code: code.id });
    const expand = ["restrictions.currency_options"];
    const { restrictions: shown } = await stripe.promotionCodes.retrieve(code.id, { expand });
    expect(shown).toEqual({
      minimum_amount: 500,
      minimum_amount_currency: "usd",
      first_time_transaction: false,
      currency_options: { usd: { minimum_amount: 500 }, sek: { minimum_amount: 3900 } },
    });
  });

  it("for coupons that have expired, are used up, are in another currency or do not exist", async () => {
    const { stripe } = shop;
    const redeem_by = START / 1000 + 60;
    await stripe.coupons.create({ id: "LATE", percent_off: 5, redeem_by });
    await stripe.coupons.create({ id: "ONE", percent_off: 5, max_redemptions: 1 });
    await stripe.coupons.create({ id: "USD", amount_off: 100, currency: "usd" });
    await shop.emulator.clock.advance(61_000);
    expect(await refusal(subscribe({ coupon: "LATE" }))).toMatchObject({
      code: "coupon_expired",
      message: "Coupon expired: LATE",
      param: "discounts[0][coupon]",
    });
    await subscribe({ coupon: "ONE" });
    expect(await refusal(subscribe({ coupon: "ONE" }))).toMatchObject({
      code: "coupon_expired",
      message: "Coupon ONE is used up and cannot be applied.",
    });
    expect(await refusal(subscribe({ coupon: "USD" }))).toMatchObject({ param: "discounts[0][coupon]" });
    await stripe.coupons.update("USD", { currency_options: { sek: { amount_off: 900 } } });
    const inSek = await subscribe({ coupon: "USD" });
    expect((await stripe.invoices.retrieve(String(inSek.latest_invoice))).total).toBe(3000);
    expect(await refusal(subscribe({ coupon: "NO" }))).toMatchObject({
      code: "resource_missing",
      message: "No such coupon: 'NO'",
      param: "discounts[0][coupon]",
    });
  });

  it("for codes that are switched off or unknown, and for wishes that name two things or none", async () => {
    const { stripe } = shop;
    const code = await stripe.promotionCodes.create({ promotion: PROMOTION, active: false });
    const param = "discounts[0][promotion_code]";
    expect(await refusal(subscribe({ promotion_code: code.id }))).toMatchObject({ statusCode: 400, param });
    expect(await refusal(subscribe({ promotion_code: "promo_no" }))).toMatchObject({
      message: "No such promotion code: 'promo_no'",
      param,
    });
    expect(await refusal(subscribe({ coupon: "HALF", promotion_code: code.id }))).toMatchObject({
      code: "parameters_exclusive",
    });
    expect(await refusal(subscribe({ discount: "di_no" }))).toMatchObject({
      code: "resource_missing",
      param: "discounts[0][discount]",
    });
  });

  it("for more than twenty at once, and for one coupon more often than it may be used", async () => {
    const { stripe } = shop;
    const customer = await customerWithCard();
    const many = (count: number, coupon: string) =>
      stripe.subscriptions.create({
        customer,
        items: [{ price: price.id }],
        discounts: Array.from({ length: count }, () => ({ coupon })),
      });
    expect(await refusal(many(21, "HALF"))).toMatchObject({ param: "discounts" });
    await stripe.coupons.create({ id: "TWO", percent_off: 5, max_redemptions: 2 });
    expect(await refusal(many(3, "TWO"))).toMatchObject({ param: "discounts[2][coupon]" });
    expect(await stripe.coupons.retrieve("TWO")).toMatchObject(none);
    expect((await many(2, "TWO")).status).toBe("active");
    expect(await stripe.coupons.retrieve("TWO")).toMatchObject({ times_redeemed: 2, valid: false });
  });
});
