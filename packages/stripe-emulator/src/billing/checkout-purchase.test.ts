import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
let price: Stripe.Price;
beforeAll(async () => {
  shop = await openShop();
  price = await shop.stripe.prices.create({
    currency: "sek",
    unit_amount: 1500,
    product_data: { name: "Mug" },
  });
});
afterAll(() => shop.close());

type Params = Partial<Stripe.Checkout.SessionCreateParams>;

async function open(params: Params = {}): Promise<Stripe.Checkout.Session> {
  const session = await shop.stripe.checkout.sessions.create({
    mode: "payment",
    line_items: [{ price: price.id, quantity: 2 }],
    success_url: "http://shop.example/return",
    ...params,
  });
  await shop.emulator.settled();
  shop.heard();
  return session;
}

async function pay(session: Stripe.Checkout.Session, card?: string | null): Promise<Stripe.Checkout.Session> {
  const result = await shop.emulator.completeCheckout(session.id, card);
  if (result.outcome !== "complete") throw new Error(JSON.stringify(result));
  await shop.emulator.settled();
  return shop.stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent", "line_items"] });
}

describe("a checkout in payment mode", () => {
  it("has no payment intent before its page is confirmed, and no customer when it needs none", async () => {
    const session = await open({ client_reference_id: "order 7", metadata: { order: "7" } });
    expect(session).toMatchObject({
      mode: "payment",
      amount_subtotal: 3000,
      amount_total: 3000,
      payment_intent: null,
      customer_creation: "if_required",
      payment_method_collection: "if_required",
      payment_status: "unpaid",
    });
    const done = await pay(session);
    expect(shop.heard()).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
    ]);
    expect(done).toMatchObject({
      status: "complete",
      payment_status: "paid",
      customer: null,
      subscription: null,
      invoice: null,
      customer_details: { email: "person@example.com" },
      payment_intent: { status: "succeeded", amount: 3000, customer: null, setup_future_usage: null },
    });
    const intent = done.payment_intent as Stripe.PaymentIntent;
    const charge = await shop.stripe.charges.retrieve(String(intent.latest_charge));
    expect(charge).toMatchObject({ amount: 3000, paid: true, customer: null });
  });

  it("gives the intent what `payment_intent_data` says, and keeps the card of a customer to come back", async () => {
    const shipping = { name: "Ada", address: { line1: "Storgatan 1", city: "Lund", country: "SE" } };
    const done = await pay(
      await open({
        payment_intent_data: {
          description: "Two mugs",
          metadata: { order: "8" },
          setup_future_usage: "off_session",
          shipping,
        },
      }),
    );
    expect(shop.heard()).toEqual([
      "customer.created",
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "payment_method.attached",
      "checkout.session.completed",
    ]);
    const intent = done.payment_intent as Stripe.PaymentIntent;
    expect(intent).toMatchObject({
      description: "Two mugs",
      metadata: { order: "8" },
      setup_future_usage: "off_session",
      shipping,
      customer: done.customer,
    });
    const cards = await shop.stripe.customers.listPaymentMethods(String(done.customer));
    expect(cards.data.map(({ id }) => id)).toEqual([intent.payment_method]);
  });

  it("makes a customer without keeping the card when it always shall", async () => {
    const done = await pay(await open({ customer_creation: "always" }));
    expect(done.customer).toMatch(/^cus_/);
    expect((await shop.stripe.customers.listPaymentMethods(String(done.customer))).data).toEqual([]);
  });

  it("sells what was never in the catalogue", async () => {
    const product_data = { name: "Poster", description: "A2", images: ["http://shop.example/a2.png"] };
    const session = await open({
      line_items: [{ price_data: { currency: "SEK", unit_amount: 9900, product_data }, quantity: 1 }],
    });
    expect(session).toMatchObject({ amount_total: 9900, currency: "sek" });
    const { data } = await shop.stripe.checkout.sessions.listLineItems(session.id);
    expect(data).toMatchObject([
      { description: "Poster", amount_total: 9900, price: { active: false, type: "one_time" } },
    ]);
  });

  it("asks for no card when there is nothing to pay, and makes a customer", async () => {
    const free = { price_data: { currency: "sek", unit_amount: 0, product_data: { name: "Sticker" } } };
    const done = await pay(await open({ line_items: [{ ...free, quantity: 1 }] }), null);
    expect(done).toMatchObject({ payment_status: "no_payment_required", payment_intent: null });
    expect(done.customer).toMatch(/^cus_/);
  });

  it("keeps one intent through a refusal and a challenge", async () => {
    const session = await open();
    expect(await shop.emulator.completeCheckout(session.id, "4000000000000002")).toMatchObject({
      outcome: "declined",
    });
    const refused = await shop.stripe.checkout.sessions.retrieve(session.id);
    expect(refused).toMatchObject({ status: "open", payment_status: "unpaid" });
    const done = await pay(session, "4000002760003184");
    expect((done.payment_intent as Stripe.PaymentIntent).id).toBe(refused.payment_intent);
  });

  it("refuses what does not belong to the mode", async () => {
    const create = (params: Params) => refusal(open(params));
    const monthly = await shop.stripe.prices.create({
      currency: "sek",
      unit_amount: 100,
      recurring: { interval: "month" },
      product_data: { name: "Club" },
    });
    expect((await create({ line_items: [{ price: monthly.id }] })).message).toContain("recurring price");
    expect((await create({ mode: "subscription" })).message).toContain("at least one recurring price");
    expect((await create({ subscription_data: { trial_period_days: 3 } })).param).toBe("subscription_data");
    expect((await create({ mode: "subscription", customer_creation: "always" })).param).toBe(
      "customer_creation",
    );
    expect((await create({ mode: "setup", line_items: [] })).param).toBe("currency");
    expect((await create({ currency: "usd" })).param).toBe("currency");
  });
});

describe("a checkout in setup mode", () => {
  it("has its setup intent from the start, no amount, and keeps the card", async () => {
    const customer = await shop.stripe.customers.create({ email: "ada@example.com" });
    const setup: Stripe.Checkout.SessionCreateParams = {
      mode: "setup",
      currency: "sek",
      customer: customer.id,
      success_url: "http://shop.example/return",
      setup_intent_data: { description: "For later", metadata: { kind: "card" } },
    };
    const session = await shop.stripe.checkout.sessions.create(setup);
    await shop.emulator.settled();
    expect(shop.heard().at(-1)).toBe("setup_intent.created");
    expect(session).toMatchObject({ amount_total: null, amount_subtotal: null, total_details: null });
    const done = await pay(session);
    expect(shop.heard()).toEqual([
      "setup_intent.succeeded",
      "payment_method.attached",
      "checkout.session.completed",
    ]);
    expect(done).toMatchObject({
      payment_status: "no_payment_required",
      payment_intent: null,
      setup_intent: session.setup_intent,
    });
    const intent = await shop.stripe.setupIntents.retrieve(String(done.setup_intent));
    expect(intent).toMatchObject({ status: "succeeded", description: "For later", customer: customer.id });
    const cards = await shop.stripe.customers.listPaymentMethods(customer.id);
    expect(cards.data.map(({ id }) => id)).toEqual([intent.payment_method]);
  });
});
