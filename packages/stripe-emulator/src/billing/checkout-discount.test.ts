import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, makePrice, openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
let monthly: Stripe.Price;
let setUp: Stripe.Price;
beforeAll(async () => {
  shop = await openShop();
  monthly = await makePrice(shop);
  setUp = await shop.stripe.prices.create({
    currency: "sek",
    unit_amount: 10_000,
    product_data: { name: "Set-up" },
  });
});
afterAll(() => shop.close());

type Params = Partial<Stripe.Checkout.SessionCreateParams>;

function open(params: Params = {}): Promise<Stripe.Checkout.Session> {
  return shop.stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: monthly.id, quantity: 1 }],
    success_url: "http://shop.example/return",
    ...params,
  });
}

async function buy(params: Params, card?: string | null): Promise<Stripe.Subscription> {
  const session = await open(params);
  const result = await shop.emulator.completeCheckout(session.id, card);
  if (result.outcome !== "complete") throw new Error(JSON.stringify(result));
  return shop.stripe.subscriptions.retrieve(String(result.session.subscription), {
    expand: ["latest_invoice", "discounts"],
  });
}

const coupon = (params: Stripe.CouponCreateParams) => shop.stripe.coupons.create(params);
const latest = (subscription: Stripe.Subscription) => subscription.latest_invoice as Stripe.Invoice;

async function renew(subscription: Stripe.Subscription): Promise<Stripe.Invoice> {
  await shop.emulator.clock.advance(32 * DAY);
  const { data } = await shop.stripe.invoices.list({ subscription: subscription.id, limit: 1 });
  if (data[0] === undefined) throw new Error("no invoice");
  return data[0];
}

describe("a discount of the shop", () => {
  it("shows on the open session and its lines, and is redeemed when it completes", async () => {
    const { id } = await coupon({ percent_off: 50, duration: "once" });
    const session = await open({ discounts: [{ coupon: id }] });
    expect(session).toMatchObject({
      amount_subtotal: 3900,
      amount_total: 1950,
      total_details: { amount_discount: 1950 },
      discounts: [{ coupon: id, promotion_code: null }],
    });
    const { data } = await shop.stripe.checkout.sessions.listLineItems(session.id);
    expect(data).toMatchObject([{ amount_subtotal: 3900, amount_discount: 1950, amount_total: 1950 }]);
    expect((await shop.stripe.coupons.retrieve(id)).times_redeemed).toBe(0);
    await shop.emulator.completeCheckout(session.id);
    expect((await shop.stripe.coupons.retrieve(id)).times_redeemed).toBe(1);
  });

  it("counts once, and the renewal is at full price", async () => {
    const { id } = await coupon({ percent_off: 50, duration: "once" });
    const subscription = await buy({ discounts: [{ coupon: id }] });
    expect(latest(subscription)).toMatchObject({ subtotal: 3900, total: 1950, amount_paid: 1950 });
    expect(latest(subscription).total_discount_amounts).toMatchObject([{ amount: 1950 }]);
    expect(await renew(subscription)).toMatchObject({ total: 3900, amount_paid: 3900 });
  });

  it("counts for ever", async () => {
    const { id } = await coupon({ amount_off: 900, currency: "sek", duration: "forever" });
    const subscription = await buy({ discounts: [{ coupon: id }] });
    expect(subscription.discounts).toMatchObject([{ source: { coupon: id }, subscription: subscription.id }]);
    expect(latest(subscription)).toMatchObject({ total: 3000 });
    expect(await renew(subscription)).toMatchObject({ total: 3000, amount_paid: 3000 });
  });

  it("of everything needs no card when none is required, and the subscription is active", async () => {
    const { id } = await coupon({ percent_off: 100, duration: "once" });
    const params: Params = { discounts: [{ coupon: id }], payment_method_collection: "if_required" };
    const session = await open(params);
    expect(session.amount_total).toBe(0);
    const result = await shop.emulator.completeCheckout(session.id, null);
    expect(result).toMatchObject({
      outcome: "complete",
      session: { payment_status: "no_payment_required", setup_intent: null },
    });
    const free = await buy(params, null);
    expect(free).toMatchObject({ status: "active", default_payment_method: null });
    expect(latest(free)).toMatchObject({ total: 0, status: "paid" });
  });

  it("is refused when it cannot be redeemed, or beside another way", async () => {
    const { id } = await coupon({ amount_off: 100, currency: "usd", duration: "once" });
    const create = (params: Params) => refusal(open(params));
    expect((await create({ discounts: [{ coupon: id }] })).statusCode).toBe(400);
    expect((await create({ discounts: [{ coupon: "none" }] })).code).toBe("resource_missing");
    const both = await create({ discounts: [{ coupon: id }], allow_promotion_codes: true });
    expect(both.code).toBe("parameters_exclusive");
    expect((await create({ discounts: [{ coupon: id }, { coupon: id }] })).param).toBe("discounts");
  });

  it("that ran out while the page was open is taken off before anything is charged", async () => {
    const { id } = await coupon({ percent_off: 50, duration: "once", max_redemptions: 1 });
    const [first, second] = [
      await open({ discounts: [{ coupon: id }] }),
      await open({ discounts: [{ coupon: id }] }),
    ];
    await shop.emulator.completeCheckout(first.id);
    const charges = async () => (await shop.stripe.charges.list({ limit: 100 })).data.length;
    const before = await charges();
    expect(await shop.emulator.completeCheckout(second.id)).toMatchObject({
      outcome: "declined",
      code: "promotion_code_expired",
    });
    expect(await charges()).toBe(before);
    expect(await shop.stripe.checkout.sessions.retrieve(second.id)).toMatchObject({
      amount_total: 3900,
      discounts: [],
    });
    expect(await shop.emulator.completeCheckout(second.id)).toMatchObject({ outcome: "complete" });
  });
});

describe("prices for one time beside a subscription", () => {
  const both = () => [
    { price: monthly.id, quantity: 1 },
    { price: setUp.id, quantity: 1 },
  ];

  it("are on the first invoice only", async () => {
    const session = await open({ line_items: both() });
    expect(session.amount_total).toBe(13_900);
    const subscription = await buy({ line_items: both() });
    expect(subscription.items.data).toHaveLength(1);
    expect(latest(subscription)).toMatchObject({ total: 13_900, amount_paid: 13_900, status: "paid" });
    expect(
      latest(subscription)
        .lines.data.map(({ amount }) => amount)
        .toSorted(),
    ).toEqual([10_000, 3900]);
    expect(await renew(subscription)).toMatchObject({ total: 3900 });
  });

  it("are paid at once although the rest is on trial", async () => {
    const subscription = await buy({ line_items: both(), subscription_data: { trial_period_days: 5 } });
    expect(subscription.status).toBe("trialing");
    expect(latest(subscription)).toMatchObject({ total: 10_000, amount_paid: 10_000 });
  });

  it("share a discount with it", async () => {
    const { id } = await coupon({ percent_off: 10, duration: "once" });
    const session = await open({ line_items: both(), discounts: [{ coupon: id }] });
    const { data } = await shop.stripe.checkout.sessions.listLineItems(session.id);
    expect(data.map(({ amount_discount }) => amount_discount)).toEqual([390, 1000]);
    const subscription = await buy({ line_items: both(), discounts: [{ coupon: id }] });
    expect(latest(subscription)).toMatchObject({ total: 12_510, amount_paid: 12_510 });
  });
});

describe("a purchase with a discount", () => {
  const mug = (params: Params): Params => ({
    mode: "payment",
    line_items: [{ price: setUp.id, quantity: 1 }],
    ...params,
  });

  it("charges what is left, and its invoice shows why", async () => {
    const { id } = await coupon({ percent_off: 25, duration: "once" });
    const session = await open(
      mug({
        discounts: [{ coupon: id }],
        invoice_creation: { enabled: true, invoice_data: { description: "Thanks", metadata: { a: "b" } } },
      }),
    );
    await shop.emulator.completeCheckout(session.id);
    const done = await shop.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent", "invoice.payments"],
    });
    expect(done).toMatchObject({ payment_status: "paid", amount_total: 7500 });
    const intent = done.payment_intent as Stripe.PaymentIntent;
    expect(intent.amount_received).toBe(7500);
    expect(done.invoice).toMatchObject({
      status: "paid",
      billing_reason: "manual",
      subtotal: 10_000,
      total: 7500,
      amount_paid: 7500,
      description: "Thanks",
      metadata: { a: "b" },
      customer: done.customer,
      payments: { data: [{ payment: { payment_intent: intent.id }, status: "paid" }] },
    });
  });

  it("leaves the customer's credit for other invoices", async () => {
    const customer = await shop.stripe.customers.create({ email: "ada@example.com", balance: -4000 });
    const session = await open(mug({ customer: customer.id, invoice_creation: { enabled: true } }));
    await shop.emulator.completeCheckout(session.id);
    const done = await shop.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["invoice", "customer"],
    });
    expect(done.invoice).toMatchObject({ status: "paid", amount_paid: 10_000, starting_balance: -4000 });
    expect(done.customer).toMatchObject({ balance: -4000, currency: "sek" });
  });

  it("takes no money when nothing is left", async () => {
    const { id } = await coupon({ percent_off: 100, duration: "once" });
    const session = await open(mug({ discounts: [{ coupon: id }] }));
    expect(await shop.emulator.completeCheckout(session.id, null)).toMatchObject({
      outcome: "complete",
      session: { payment_status: "no_payment_required", payment_intent: null },
    });
  });
});
