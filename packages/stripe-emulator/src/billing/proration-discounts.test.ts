import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, makePrice, openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
let price: Stripe.Price;
let double: Stripe.Price;
beforeEach(async () => {
  // 1 March, so that the period has 31 days and ends on 1 April.
  shop = await openShop({ clock: { now: () => Date.UTC(2026, 2, 1) } });
  price = await makePrice(shop);
  double = await shop.stripe.prices.create({
    currency: "sek",
    unit_amount: 7800,
    recurring: { interval: "month" },
    product: String(price.product),
  });
  await shop.stripe.coupons.create({ id: "HALF", percent_off: 50, duration: "forever" });
  await shop.stripe.coupons.create({ id: "ONCE", percent_off: 50, duration: "once" });
});
afterEach(() => shop.close());

async function subscribe(params: Partial<Stripe.SubscriptionCreateParams>): Promise<Stripe.Subscription> {
  const card = {
    payment_method: "pm_card_visa",
    invoice_settings: { default_payment_method: "pm_card_visa" },
  };
  const { id: customer } = await shop.stripe.customers.create(card);
  return shop.stripe.subscriptions.create({ customer, items: [{ price: price.id }], ...params });
}

/** What an upgrade after a share of the period gives back and costs. */
async function upgraded(subscription: Stripe.Subscription, days: number): Promise<number[]> {
  await shop.emulator.clock.advance(days * DAY);
  const id = subscription.items.data[0]?.id ?? "";
  await shop.stripe.subscriptions.update(subscription.id, { items: [{ id, price: double.id }] });
  const { data } = await shop.stripe.invoiceItems.list({ customer: String(subscription.customer) });
  return data.map(({ amount }) => amount).sort((a, b) => a - b);
}

describe("a change of price in the middle of a period", () => {
  it("gives back what was paid, and costs what will be, both less a discount that goes on", async () => {
    const subscription = await subscribe({ discounts: [{ coupon: "HALF" }] });
    // A third would be 31/3 days: after 15.5 of 31 days a half is left.
    expect(await upgraded(subscription, 15.5)).toEqual([-975, 1950]);
    await shop.emulator.clock.advance(17 * DAY);
    const [renewal] = (await shop.stripe.invoices.list({ subscription: subscription.id })).data;
    expect(renewal).toMatchObject({ subtotal: 7800 + 975, total: 3900 + 975 });
  });

  it("gives back no more than was paid with a coupon for once, and costs the full price", async () => {
    expect(await upgraded(await subscribe({ discounts: [{ coupon: "ONCE" }] }), 15.5)).toEqual([-975, 3900]);
  });

  it("leaves a coupon for once, put on with the change, to the next invoice", async () => {
    const { id, items } = await subscribe({});
    await shop.emulator.clock.advance(15.5 * DAY);
    const item = { id: items.data[0]?.id ?? "", price: double.id };
    await shop.stripe.subscriptions.update(id, { items: [item], discounts: [{ coupon: "ONCE" }] });
    await shop.emulator.clock.advance(17 * DAY);
    const [renewal] = (await shop.stripe.invoices.list({ subscription: id })).data;
    // 7800 − 50 %, and the difference for the half of March: 3900 − 1950.
    expect(renewal).toMatchObject({ total: 3900 + 1950 });
  });

  it("takes the discounts of items as well, also those that come with the change", async () => {
    const subscription = await subscribe({});
    await shop.emulator.clock.advance(15.5 * DAY);
    const item = { id: subscription.items.data[0]?.id ?? "", price: double.id };
    const updated = await shop.stripe.subscriptions.update(subscription.id, {
      items: [{ ...item, discounts: [{ coupon: "HALF" }] }],
    });
    const [discount] = updated.items.data[0]?.discounts ?? [];
    expect(discount).toMatch(/^di_/);
    const { data } = await shop.stripe.invoiceItems.list({ customer: String(subscription.customer) });
    expect(data.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([-1950, 1950]);
    const without = await shop.stripe.subscriptions.update(subscription.id, {
      items: [{ id: item.id, discounts: "" }],
    });
    expect(without.items.data[0]?.discounts).toEqual([]);
    expect(
      shop.emulator.events().findLast(({ type }) => type === "customer.discount.deleted")?.data.object,
    ).toMatchObject({ id: discount, subscription_item: item.id });
  });
});

describe("a preview", () => {
  const preview = (params: Stripe.InvoiceCreatePreviewParams) => shop.stripe.invoices.createPreview(params);

  it("shows the discounts that will count then, and not those that have ended", async () => {
    const repeating = { percent_off: 10, duration: "repeating", duration_in_months: 1 } as const;
    await shop.stripe.coupons.create({ id: "MONTH", ...repeating });
    const lasting = await subscribe({ discounts: [{ coupon: "HALF" }] });
    const ending = await subscribe({ discounts: [{ coupon: "MONTH" }] });
    expect(await preview({ subscription: lasting.id })).toMatchObject({
      subtotal: 3900,
      total: 1950,
      amount_due: 1950,
      discounts: lasting.discounts,
      total_discount_amounts: [{ amount: 1950, discount: lasting.discounts[0] }],
    });
    expect(await preview({ subscription: ending.id })).toMatchObject({
      total: 3900,
      total_discount_amounts: [],
    });
  });

  it("shows what a coupon would do, or none, and redeems nothing", async () => {
    const subscription = await subscribe({ discounts: [{ coupon: "HALF" }] });
    await shop.stripe.coupons.create({ id: "TEN", percent_off: 10, max_redemptions: 1 });
    const told = shop.emulator.events().length;
    const of = (discounts: Stripe.InvoiceCreatePreviewParams["discounts"]) =>
      preview({ subscription: subscription.id, ...(discounts !== undefined && { discounts }) });
    expect((await of([{ coupon: "TEN" }])).total).toBe(3510);
    expect((await of([{ discount: String(subscription.discounts[0]) }, { coupon: "TEN" }])).total).toBe(1755);
    expect((await of("")).total).toBe(3900);
    expect(await refusal(of([{ coupon: "NO" }]))).toMatchObject({ param: "discounts[0][coupon]" });
    expect((await of(undefined)).total).toBe(1950);
    expect(shop.emulator.events()).toHaveLength(told);
    expect((await shop.stripe.coupons.retrieve("TEN")).times_redeemed).toBe(0);
  });
});

describe("invoices and items by hand", () => {
  async function customer(): Promise<string> {
    return (await shop.stripe.customers.create({ payment_method: "pm_card_visa" })).id;
  }

  it("have discounts of their own, for once: the item's before the invoice's", async () => {
    const { stripe } = shop;
    const id = await customer();
    const invoice = await stripe.invoices.create({
      customer: id,
      currency: "sek",
      discounts: [{ coupon: "ONCE" }],
    });
    const item = { customer: id, invoice: invoice.id ?? "", currency: "sek" };
    const own = await stripe.invoiceItems.create({ ...item, amount: 1000, discounts: [{ coupon: "HALF" }] });
    await stripe.invoiceItems.create({ ...item, amount: 2000, discountable: false });
    const draft = await stripe.invoices.retrieve(invoice.id ?? "", {
      expand: ["discounts", "lines.data.discounts"],
    });
    // 1000 − 50 % = 500, − 50 % = 250; 2000 is not discountable.
    expect(draft).toMatchObject({ subtotal: 2500, total: 2250 });
    expect(draft.discounts).toMatchObject([
      { invoice: invoice.id, invoice_item: null, source: { coupon: "ONCE" } },
    ]);
    expect(draft.lines.data[0]?.discounts).toMatchObject([{ invoice_item: own.id, invoice: null }]);
  });

  it("lose them when they are told to, and take them along when they are deleted", async () => {
    const { stripe } = shop;
    const id = await customer();
    const invoice = await stripe.invoices.create({
      customer: id,
      currency: "sek",
      discounts: [{ coupon: "ONCE" }],
    });
    const item = { customer: id, invoice: invoice.id ?? "", currency: "sek", amount: 1000 };
    const own = await stripe.invoiceItems.create({ ...item, discounts: [{ coupon: "HALF" }] });
    await stripe.invoices.update(invoice.id ?? "", { discounts: "" });
    expect((await stripe.invoices.retrieve(invoice.id ?? "")).total).toBe(500);
    await stripe.invoiceItems.update(own.id, { discounts: [{ coupon: "ONCE" }, { coupon: "HALF" }] });
    expect((await stripe.invoices.retrieve(invoice.id ?? "")).total).toBe(250);
    await stripe.invoices.del(invoice.id ?? "");
    const told = shop.emulator.events().map(({ type }) => type.replace("customer.discount.", ""));
    expect(told.filter((type) => type === "created" || type === "deleted")).toEqual([
      "created",
      "created",
      "deleted",
      "created",
      "created",
      "deleted",
      "deleted",
      "deleted",
    ]);
  });

  it("inherit the customer's discount unless they are told not to", async () => {
    const { stripe } = shop;
    const id = await customer();
    await stripe.customers.update(id, { coupon: "ONCE" } as never, {
      apiVersion: "2024-12-18.acacia" as never,
    });
    const bare = { customer: id, currency: "sek" };
    const item = { ...bare, amount: 1000 };
    const without = await stripe.invoices.create({ ...bare, discounts: "" });
    await stripe.invoiceItems.create({ ...item, invoice: without.id ?? "" });
    await stripe.invoiceItems.create(item);
    const first = await stripe.invoices.create({ ...bare, pending_invoice_items_behavior: "include" });
    await stripe.invoiceItems.create(item);
    const second = await stripe.invoices.create({ ...bare, pending_invoice_items_behavior: "include" });
    const totals = [without, first, second].map(
      async (row) => (await stripe.invoices.retrieve(row.id ?? "")).total,
    );
    expect(await Promise.all(totals)).toEqual([1000, 500, 1000]);
  });

  it("of a subscription take discounts for what is added once", async () => {
    const added = { price_data: { currency: "sek", product: String(price.product), unit_amount: 1000 } };
    const subscription = await subscribe({
      add_invoice_items: [{ ...added, discounts: [{ coupon: "HALF" }] }],
    });
    const [invoice] = (await shop.stripe.invoices.list({ subscription: subscription.id })).data;
    expect(invoice).toMatchObject({ total: 3900 + 500 });
  });
});
