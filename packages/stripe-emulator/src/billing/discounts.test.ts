import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR, makePrice, openShop, refusal, type Shop, START } from "../../test/shop.ts";

let shop: Shop;
let price: Stripe.Price;
beforeEach(async () => {
  shop = await openShop();
  price = await makePrice(shop);
});
afterEach(() => shop.close());

const COUPON: Stripe.CouponCreateParams = { id: "FIFTY", percent_off: 50, duration: "forever" };

async function customerWithCard(): Promise<Stripe.Customer> {
  return shop.stripe.customers.create({
    payment_method: "pm_card_visa",
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
}

async function subscribe(
  params: Partial<Stripe.SubscriptionCreateParams> = {},
): Promise<Stripe.Subscription> {
  const customer = params.customer ?? (await customerWithCard()).id;
  return shop.stripe.subscriptions.create({ items: [{ price: price.id }], ...params, customer });
}

async function invoices(subscription: Stripe.Subscription): Promise<Stripe.Invoice[]> {
  const { data } = await shop.stripe.invoices.list({ subscription: subscription.id, limit: 100 });
  return data.reverse();
}

const MONTH = 32 * DAY;

describe("a subscription with a coupon", () => {
  it("pays less, and its invoice says what each discount takes off", async () => {
    await shop.stripe.coupons.create(COUPON);
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
    await shop.stripe.coupons.create(COUPON);
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

  it("uses a coupon for once up with its first invoice", async () => {
    await shop.stripe.coupons.create({ ...COUPON, duration: "once" });
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
    await shop.stripe.coupons.create({ ...COUPON, duration: "once" });
    const subscription = await subscribe({ discounts: [{ coupon: "FIFTY" }], trial_period_days: 5 });
    expect(subscription.discounts).toHaveLength(1);
    await shop.emulator.clock.advance(5 * DAY + 80 * HOUR);
    await shop.emulator.clock.advance(MONTH);
    expect((await invoices(subscription)).map(({ total }) => total)).toEqual([0, 1950, 3900]);
  });

  it("can be told to use it up with the trial, and to say nothing of its end", async () => {
    await shop.close();
    shop = await openShop({ settings: { trialSpendsOnce: true, discountEndIsTold: false } });
    price = await makePrice(shop);
    await shop.stripe.coupons.create({ ...COUPON, duration: "once" });
    const subscription = await subscribe({ discounts: [{ coupon: "FIFTY" }], trial_period_days: 5 });
    expect(subscription.discounts).toEqual([]);
    await shop.emulator.clock.advance(5 * DAY + 80 * HOUR);
    expect((await invoices(subscription)).map(({ total }) => total)).toEqual([0, 3900]);
    const types = shop.emulator.events().map(({ type }) => type);
    expect(types).not.toContain("customer.discount.deleted");
  });

  it("has a repeating coupon for its calendar months and not on the day they end", async () => {
    await shop.stripe.coupons.create({ ...COUPON, duration: "repeating", duration_in_months: 3 });
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
    await stripe.coupons.create(COUPON);
    const subscription = await subscribe({ discounts: [{ coupon: "FIFTY" }] });
    await stripe.coupons.del("FIFTY");
    const expand = ["discounts.source.coupon"];
    expect((await stripe.subscriptions.retrieve(subscription.id, { expand })).discounts).toMatchObject([
      { source: { coupon: { id: "FIFTY", percent_off: 50, valid: false } } },
    ]);
    await stripe.coupons.create({ ...COUPON, percent_off: 10 });
    await shop.emulator.clock.advance(MONTH);
    expect((await invoices(subscription)).map(({ total }) => total)).toEqual([1950, 1950]);
  });

  it("takes discounts in their order, those of items before its own", async () => {
    const { stripe } = shop;
    await stripe.coupons.create({ ...COUPON, id: "TEN", percent_off: 10 });
    await stripe.coupons.create({ ...COUPON, id: "FIFTY" });
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
    await shop.stripe.coupons.create({ ...COUPON, applies_to: { products } });
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

describe("discounts of a running subscription", () => {
  it("are replaced by a list, kept by their id, and taken away by an empty string", async () => {
    const { stripe } = shop;
    await stripe.coupons.create(COUPON);
    await stripe.coupons.create({ ...COUPON, id: "TEN", percent_off: 10 });
    const { id, discounts } = await subscribe({ discounts: [{ coupon: "FIFTY" }] });
    const first = String(discounts[0]);
    const two = await stripe.subscriptions.update(id, {
      discounts: [{ discount: first }, { coupon: "TEN" }],
    });
    expect(two.discounts).toEqual([first, expect.stringMatching(/^di_/)]);
    expect((await stripe.subscriptions.update(id, { metadata: { a: "b" } })).discounts).toEqual(
      two.discounts,
    );
    const one = await stripe.subscriptions.update(id, { discounts: [{ coupon: "TEN" }] });
    expect(one.discounts).toHaveLength(1);
    expect(two.discounts).not.toContain(one.discounts[0]);
    await stripe.subscriptions.update(id, { discounts: "" });
    const told = shop.emulator.events().filter(({ type }) => type.startsWith("customer.discount"));
    expect(told.map(({ type }) => type.split(".")[2])).toEqual([
      "created",
      "created",
      "created",
      "deleted",
      "deleted",
      "deleted",
    ]);
    const change = shop.emulator.events().findLast(({ type }) => type === "customer.subscription.updated");
    expect(change?.data.previous_attributes).toEqual({ discounts: one.discounts });
    await shop.emulator.clock.advance(MONTH);
    expect((await invoices(await stripe.subscriptions.retrieve(id))).map(({ total }) => total)).toEqual([
      1950, 3900,
    ]);
  });

  it("can be deleted, and old invoices go on showing them, as deleted", async () => {
    const { stripe } = shop;
    await stripe.coupons.create(COUPON);
    const { id, discounts } = await subscribe({ discounts: [{ coupon: "FIFTY" }] });
    expect(await stripe.subscriptions.deleteDiscount(id)).toMatchObject({
      id: discounts[0],
      object: "discount",
      deleted: true,
    });
    expect((await stripe.subscriptions.retrieve(id)).discounts).toEqual([]);
    const [invoice] = (await stripe.invoices.list({ subscription: id, expand: ["data.discounts"] })).data;
    expect(invoice?.discounts).toMatchObject([{ id: discounts[0], deleted: true }]);
    expect(await refusal(stripe.subscriptions.deleteDiscount(id))).toMatchObject({ statusCode: 404 });
  });

  it("put on later, a coupon for once waits for the next invoice", async () => {
    await shop.stripe.coupons.create({ ...COUPON, duration: "once" });
    const { id } = await subscribe();
    const updated = await shop.stripe.subscriptions.update(id, { discounts: [{ coupon: "FIFTY" }] });
    expect(updated.discounts).toHaveLength(1);
    for (let month = 0; month < 2; month += 1) await shop.emulator.clock.advance(MONTH);
    expect((await invoices(updated)).map(({ total }) => total)).toEqual([3900, 1950, 3900]);
  });
});

describe("a customer's discount", () => {
  const old = { apiVersion: "2024-12-18.acacia" as never };

  it("is set, switched and taken away by calls of versions that have a coupon parameter", async () => {
    const { stripe } = shop;
    await stripe.coupons.create(COUPON);
    await stripe.coupons.create({ ...COUPON, id: "TEN", percent_off: 10 });
    const { id } = await stripe.customers.create({ coupon: "FIFTY" } as never, old);
    expect(
      (await stripe.customers.retrieve(id, { expand: ["discount.source.coupon"] })) as object,
    ).toMatchObject({
      discount: { customer: id, subscription: null, source: { coupon: { percent_off: 50 } } },
    });
    await stripe.customers.update(id, { coupon: "TEN" } as never, old);
    await stripe.customers.update(id, { coupon: "" } as never, old);
    const told = shop.emulator.events().filter(({ type }) => type.startsWith("customer."));
    expect(told.map(({ type }) => type)).toEqual([
      "customer.created",
      "customer.discount.created",
      "customer.discount.updated",
      "customer.updated",
      "customer.discount.deleted",
    ]);
    expect(told[2]?.data.previous_attributes).toMatchObject({ source: { coupon: "FIFTY" } });
    expect(await refusal(stripe.customers.deleteDiscount(id))).toMatchObject({
      statusCode: 404,
      message: `No active discount for customer: ${id}`,
    });
  });

  it("has no parameter today", async () => {
    const error = await refusal(shop.stripe.customers.create({ coupon: "FIFTY" } as never));
    expect(error).toMatchObject({ code: "parameter_unknown", param: "coupon" });
  });

  it("counts for every subscription without a discount of its own", async () => {
    const { stripe } = shop;
    await stripe.coupons.create(COUPON);
    await stripe.coupons.create({ ...COUPON, id: "TEN", percent_off: 10 });
    const { id: customer } = await customerWithCard();
    await stripe.customers.update(customer, { coupon: "FIFTY" } as never, old);
    const [inherited] = await invoices(await subscribe({ customer }));
    const [own] = await invoices(await subscribe({ customer, discounts: [{ coupon: "TEN" }] }));
    expect([inherited?.total, own?.total]).toEqual([1950, 3510]);
    await stripe.customers.deleteDiscount(customer);
    const [without] = await invoices(await subscribe({ customer }));
    expect(without?.total).toBe(3900);
  });
});
