import type Stripe from "stripe";
import { beforeEach, describe, expect, it } from "vitest";
import { FIFTY, openPlanBuyers } from "../../test/plan-buyers.ts";
import { DAY, HOUR, makePrice, refusal, type Shop, START } from "../../test/shop.ts";

const buyers = openPlanBuyers();
const { customerWithCard, subscribe, invoices } = buyers;
let shop: Shop;
let price: Stripe.Price;
beforeEach(() => {
  ({ shop, price } = buyers);
});

const MONTH = 32 * DAY;

describe("a subscription with a coupon", () => {
  it("pays less, and its invoice says what each discount takes off", async () => {
    await shop.stripe.coupons.create(FIFTY);
    const subscription = await subscribe({ discounts: [{ coupon: "FIFTY" }], expand: ["latest_invoice"] });
    const [discount] = subscription.discounts;
    expect(subscription).toMatchObject({ status: "active", discounts: [expect.stringMatching(/^di_1/)] });
    const amounts = [{ amount: 1950, discount }];
    expect(subscription.latest_invoice).toMatchObject({
      status: "paid",
      subtotal: 3900,
      total: 1950,
      amount_paid: 1950,
      discounts: [discount],
      total_discount_amounts: amounts,
      total_pretax_credit_amounts: [{ amount: 1950, discount, type: "discount" }],
      lines: { data: [{ amount: 3900, subtotal: 3900, discounts: [], discount_amounts: amounts }] },
    });
    expect(await shop.stripe.coupons.retrieve("FIFTY")).toMatchObject({ times_redeemed: 1 });
  });

  it("shows the discount, its coupon and its owner when they are expanded", async () => {
    await shop.stripe.coupons.create(FIFTY);
    const { id, customer } = await subscribe({ discounts: [{ coupon: "FIFTY" }] });
    const expand = ["discounts.source.coupon", "latest_invoice.total_discount_amounts.discount"];
    const expanded = await shop.stripe.subscriptions.retrieve(id, { expand });
    const discount = {
      object: "discount",
      customer,
      subscription: id,
      start: START / 1000,
      end: null,
      promotion_code: null,
    };
    expect(expanded.discounts).toMatchObject([
      { ...discount, source: { type: "coupon", coupon: { id: "FIFTY", percent_off: 50, valid: true } } },
    ]);
    expect(expanded.latest_invoice).toMatchObject({
      total_discount_amounts: [{ discount: { ...discount, source: { coupon: "FIFTY" } } }],
    });
  });

  it("needs no card for the moment when nothing is left to pay", async () => {
    await shop.stripe.coupons.create({ id: "FREE", percent_off: 100, duration: "once" });
    const customer = await shop.stripe.customers.create();
    const subscription = await subscribe({ customer: customer.id, discounts: [{ coupon: "FREE" }] });
    expect(subscription.status).toBe("active");
    const [invoice] = await invoices(subscription);
    expect(invoice).toMatchObject({ status: "paid", total: 0, amount_paid: 0, subtotal: 3900 });
    expect((await shop.stripe.charges.list({ customer: customer.id })).data).toEqual([]);
  });

  it("renews for nothing for ever, without a card", async () => {
    await shop.stripe.coupons.create({ id: "FREE", percent_off: 100, duration: "forever" });
    const customer = await shop.stripe.customers.create();
    const { id } = await subscribe({ customer: customer.id, discounts: [{ coupon: "FREE" }] });
    for (let month = 0; month < 3; month += 1) await shop.emulator.clock.advance(MONTH);
    const subscription = await shop.stripe.subscriptions.retrieve(id);
    expect(subscription).toMatchObject({ status: "active" });
    const all = await invoices(subscription);
    expect(all.map(({ status, amount_paid }) => ({ status, amount_paid }))).toEqual(
      Array.from({ length: 4 }, () => ({ status: "paid", amount_paid: 0 })),
    );
    await shop.stripe.subscriptions.deleteDiscount(id);
    await shop.emulator.clock.advance(MONTH);
    expect((await shop.stripe.subscriptions.retrieve(id)).status).not.toBe("active");
  });

  it("takes the coupon parameter of versions that have one, and no other", async () => {
    await shop.stripe.coupons.create(FIFTY);
    const customer = (await customerWithCard()).id;
    const params = { customer, items: [{ price: price.id }], coupon: "FIFTY" } as never;
    const old = { apiVersion: "2024-12-18.acacia" as never };
    const subscription = await shop.stripe.subscriptions.create(params, old);
    expect(subscription.discounts).toHaveLength(1);
    expect(await refusal(shop.stripe.subscriptions.create(params))).toMatchObject({ param: "coupon" });
    const without = await shop.stripe.subscriptions.update(subscription.id, { coupon: "" } as never, old);
    expect(without.discounts).toEqual([]);
  });

  it("ends a repeating coupon by the clock of its customer", async () => {
    const { stripe } = shop;
    await stripe.coupons.create({ ...FIFTY, duration: "repeating", duration_in_months: 1 });
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: START / 1000 });
    const customer = await stripe.customers.create({
      test_clock: clock.id,
      payment_method: "pm_card_visa",
      invoice_settings: { default_payment_method: "pm_card_visa" },
    });
    const { id } = await subscribe({ customer: customer.id, discounts: [{ coupon: "FIFTY" }] });
    await shop.emulator.clock.advance(29 * DAY);
    expect((await stripe.subscriptions.retrieve(id)).discounts).toHaveLength(1);
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: START / 1000 + 32 * 86_400 });
    await expect.poll(async () => (await stripe.subscriptions.retrieve(id)).discounts).toEqual([]);
    const ended = shop.emulator.events().find(({ type }) => type === "customer.discount.deleted");
    expect(ended?.created).toBe(Date.UTC(2026, 1, 28, 12) / 1000);
  });

  it("uses a coupon for once up with its first invoice", async () => {
    await shop.stripe.coupons.create({ ...FIFTY, duration: "once" });
    const subscription = await subscribe({ discounts: [{ coupon: "FIFTY" }] });
    expect(subscription.discounts).toEqual([]);
    await shop.emulator.clock.advance(MONTH);
    expect((await invoices(subscription)).map(({ total }) => total)).toEqual([1950, 3900]);
    const types = shop.emulator.events().map(({ type }) => type);
    expect(types.filter((type) => type.startsWith("customer.discount"))).toEqual([
      "customer.discount.created",
      "customer.discount.deleted",
    ]);
  });

  it("keeps a coupon for once through a trial, for the first payment", async () => {
    await shop.stripe.coupons.create({ ...FIFTY, duration: "once" });
    const subscription = await subscribe({ discounts: [{ coupon: "FIFTY" }], trial_period_days: 5 });
    expect(subscription.discounts).toHaveLength(1);
    await shop.emulator.clock.advance(5 * DAY + 80 * HOUR);
    await shop.emulator.clock.advance(MONTH);
    expect((await invoices(subscription)).map(({ total }) => total)).toEqual([0, 1950, 3900]);
  });

  it("can be told to use it up with the trial, and to say nothing of its end", async () => {
    await buyers.reopen({ trialSpendsOnce: true, discountEndIsTold: false });
    ({ shop, price } = buyers);
    await shop.stripe.coupons.create({ ...FIFTY, duration: "once" });
    const subscription = await subscribe({ discounts: [{ coupon: "FIFTY" }], trial_period_days: 5 });
    expect(subscription.discounts).toEqual([]);
    await shop.emulator.clock.advance(5 * DAY + 80 * HOUR);
    expect((await invoices(subscription)).map(({ total }) => total)).toEqual([0, 3900]);
    const types = shop.emulator.events().map(({ type }) => type);
    expect(types).not.toContain("customer.discount.deleted");
  });

  it("has a repeating coupon for its calendar months and not on the day they end", async () => {
    await shop.stripe.coupons.create({ ...FIFTY, duration: "repeating", duration_in_months: 3 });
    const subscription = await subscribe({ discounts: [{ coupon: "FIFTY" }], expand: ["discounts"] });
    // From 31 January, three months later is 30 April.
    expect(subscription.discounts).toMatchObject([{ end: Date.UTC(2026, 3, 30, 12) / 1000 }]);
    for (let month = 0; month < 5; month += 1) await shop.emulator.clock.advance(MONTH);
    expect((await invoices(subscription)).map(({ total }) => total)).toEqual([
      1950, 1950, 1950, 3900, 3900, 3900,
    ]);
    const after = await shop.stripe.subscriptions.retrieve(subscription.id);
    expect(after.discounts).toEqual([]);
    const ended = shop.emulator.events().filter(({ type }) => type === "customer.discount.deleted");
    expect(ended.map(({ created }) => created)).toEqual([Date.UTC(2026, 3, 30, 12) / 1000]);
  });

  it("keeps its discount when the coupon is deleted, even if another takes its id", async () => {
    const { stripe } = shop;
    await stripe.coupons.create(FIFTY);
    const subscription = await subscribe({ discounts: [{ coupon: "FIFTY" }] });
    await stripe.coupons.del("FIFTY");
    const expand = ["discounts.source.coupon"];
    expect((await stripe.subscriptions.retrieve(subscription.id, { expand })).discounts).toMatchObject([
      { source: { coupon: { id: "FIFTY", percent_off: 50, valid: false } } },
    ]);
    await stripe.coupons.create({ ...FIFTY, percent_off: 10 });
    await shop.emulator.clock.advance(MONTH);
    expect((await invoices(subscription)).map(({ total }) => total)).toEqual([1950, 1950]);
  });

  it("takes discounts in their order, those of items before its own", async () => {
    const { stripe } = shop;
    await stripe.coupons.create({ ...FIFTY, id: "TEN", percent_off: 10 });
    await stripe.coupons.create({ ...FIFTY, id: "FIFTY" });
    await stripe.coupons.create({ id: "TENKR", amount_off: 1000, currency: "sek", duration: "forever" });
    const items = [{ price: price.id, quantity: 2, discounts: [{ coupon: "TENKR" }] }];
    const subscription = await subscribe({ items, discounts: [{ coupon: "TEN" }, { coupon: "FIFTY" }] });
    const [invoice] = await invoices(subscription);
    // 7800 − 1000 = 6800; − 10 % = 6120; − 50 % = 3060
    expect(invoice).toMatchObject({ subtotal: 6800, total: 3060, amount_paid: 3060 });
    expect(invoice?.total_discount_amounts?.map(({ amount }) => amount)).toEqual([1000, 680, 3060]);
    expect(invoice?.lines.data[0]).toMatchObject({
      amount: 7800,
      discounts: subscription.items.data[0]?.discounts,
    });
  });

  it("has discounts only on the products they are for", async () => {
    const other = await makePrice(shop);
    const products = [String(other.product)];
    await shop.stripe.coupons.create({ ...FIFTY, applies_to: { products } });
    const items = [{ price: price.id }, { price: other.id }];
    const [invoice] = await invoices(await subscribe({ items, discounts: [{ coupon: "FIFTY" }] }));
    expect(invoice).toMatchObject({ subtotal: 7800, total: 5850 });
    expect(invoice?.lines.data.map((line) => line.discount_amounts?.map(({ amount }) => amount))).toEqual([
      [],
      [1950],
    ]);
  });

  it("spreads an amount over its lines so that they add up, and never takes off more than there is", async () => {
    const cheap = {
      currency: "sek",
      recurring: { interval: "month" },
      product: String(price.product),
    } as const;
    const prices = [
      await shop.stripe.prices.create({ ...cheap, unit_amount: 100 }),
      await shop.stripe.prices.create({ ...cheap, unit_amount: 100 }),
      await shop.stripe.prices.create({ ...cheap, unit_amount: 100 }),
    ];
    const items = prices.map(({ id }) => ({ price: id }));
    await shop.stripe.coupons.create({ id: "KR", amount_off: 100, currency: "sek", duration: "forever" });
    await shop.stripe.coupons.create({ id: "MUCH", amount_off: 9900, currency: "sek", duration: "forever" });
    const [invoice] = await invoices(await subscribe({ items, discounts: [{ coupon: "KR" }] }));
    const parts = invoice?.lines.data.map((line) => line.discount_amounts?.[0]?.amount);
    expect(parts).toEqual([34, 33, 33]);
    const [all] = await invoices(await subscribe({ items, discounts: [{ coupon: "MUCH" }] }));
    expect(all).toMatchObject({
      subtotal: 300,
      total: 0,
      status: "paid",
      total_discount_amounts: [{ amount: 300 }],
    });
  });
});
