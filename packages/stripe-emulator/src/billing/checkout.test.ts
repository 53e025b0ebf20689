import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, DAY, openCheckout, openShop, refusal, type Shop, START } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const NOW = START / 1000;
const TRIAL = { subscription_data: { trial_period_days: 5, metadata: { userId: "u1" } } };

describe("buying on a checkout page", () => {
  it("makes subscription and invoice only when the payment is through (A)", async () => {
    const { customer, session } = await openCheckout(shop, {
      subscription_data: { metadata: { userId: "u1" } },
      client_reference_id: "u1",
      metadata: { attempt: "a1" },
    });
    expect(session).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      subscription: null,
      amount_total: 3900,
      customer: customer.id,
    });
    expect(session.url).toBe(`${shop.emulator.url}/c/pay/${session.id}`);
    expect((await shop.stripe.subscriptions.list({ customer: customer.id, status: "all" })).data).toEqual([]);
    await shop.emulator.completeCheckout(session.id);
    await shop.emulator.settled();
    expect(shop.heard()).toEqual([
      "charge.succeeded",
      "payment_method.attached",
      "customer.updated",
      "checkout.session.completed",
      "customer.subscription.created",
      "payment_intent.succeeded",
      "payment_intent.created",
      "invoice.created",
      "invoice.finalized",
      "invoice.updated",
      "invoice.paid",
      "invoice.payment_succeeded",
    ]);
    await shop.emulator.clock.advance(21_000);
    await shop.emulator.settled();
    expect(shop.heard()).toEqual(["invoice_payment.paid"]);
    const done = await shop.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["subscription.latest_invoice.payments", "line_items"],
    });
    expect(done).toMatchObject({
      status: "complete",
      payment_status: "paid",
      url: null,
      client_reference_id: "u1",
      metadata: { attempt: "a1" },
    });
    expect(done.subscription).toMatchObject({
      status: "active",
      metadata: { userId: "u1" },
      latest_invoice: {
        status: "paid",
        amount_paid: 3900,
        billing_reason: "subscription_create",
        parent: { type: "subscription_details", subscription_details: { metadata: { userId: "u1" } } },
        payments: { data: [{ status: "paid", amount_paid: 3900 }] },
      },
    });
    expect(done.line_items?.data[0]).toMatchObject({ amount_total: 3900, quantity: 1 });
  });

  it("shows each object as it was when its event was made", () => {
    const find = (type: string) =>
      shop.received.find((event) => event.type === type)?.data.object as unknown as Record<string, unknown>;
    expect(find("customer.subscription.created")).toMatchObject({ status: "active", object: "subscription" });
    expect(find("payment_intent.created")).toMatchObject({ status: "requires_payment_method" });
    expect(find("invoice.created")).toMatchObject({ status: "draft" });
    expect(find("invoice.finalized")).toMatchObject({ status: "open", amount_remaining: 3900 });
    expect(find("invoice.paid")).toMatchObject({ status: "paid", amount_remaining: 0 });
    expect(find("checkout.session.completed")).toMatchObject({ status: "complete", payment_status: "paid" });
    expect(shop.received.every(({ pending_webhooks }) => pending_webhooks === 1)).toBe(true);
  });

  it("starts a trial with a card saved and nothing charged (B)", async () => {
    const { subscription, session } = await buy(shop, TRIAL);
    expect(shop.heard()).toEqual([
      "setup_intent.created",
      "setup_intent.succeeded",
      "payment_method.attached",
      "checkout.session.completed",
      "customer.updated",
      "customer.subscription.created",
      "invoice.created",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
    ]);
    const now = subscription.created;
    const end = now + (5 * DAY) / 1000;
    expect(now).toBeGreaterThanOrEqual(NOW);
    expect(subscription).toMatchObject({
      status: "trialing",
      trial_start: now,
      trial_end: end,
      billing_cycle_anchor: end,
      pending_setup_intent: null,
    });
    expect(subscription.items.data[0]).toMatchObject({ current_period_start: now, current_period_end: end });
    expect(subscription.default_payment_method).toMatch(/^pm_/);
    expect(session.payment_status).toBe("no_payment_required");
    const { data } = await shop.stripe.invoices.list({ subscription: subscription.id });
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({
      total: 0,
      amount_paid: 0,
      status: "paid",
      billing_reason: "subscription_create",
    });
    expect((await shop.stripe.charges.list({ customer: String(subscription.customer) })).data).toEqual([]);
  });

  it("starts a trial without any card when none is required (C)", async () => {
    const { subscription } = await buy(shop, {
      ...TRIAL,
      payment_method_collection: "if_required",
      card: null,
    });
    expect(shop.heard().filter((type) => /^(setup_intent|payment_method)/.test(type))).toEqual([]);
    expect(subscription).toMatchObject({ status: "trialing", default_payment_method: null });
  });

  it("makes the customer when the session has none", async () => {
    const { session } = await openCheckout(shop);
    const anonymous = await shop.stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [
        { price: String((await shop.stripe.checkout.sessions.listLineItems(session.id)).data[0]?.price?.id) },
      ],
      success_url: "http://shop.example/",
      customer_email: "new@example.com",
    });
    const result = await shop.emulator.completeCheckout(anonymous.id);
    expect(result).toMatchObject({
      outcome: "complete",
      session: { customer_details: { email: "new@example.com" } },
    });
  });

  it("refuses what it cannot open", async () => {
    const { price, customer, session } = await openCheckout(shop);
    const base: Stripe.Checkout.SessionCreateParams = {
      mode: "subscription",
      line_items: [{ price: price.id }],
      success_url: "http://shop.example/",
    };
    const create = (extra: object) => refusal(shop.stripe.checkout.sessions.create({ ...base, ...extra }));
    expect(await create({ payment_method_types: ["card"] })).toMatchObject({
      statusCode: 400,
      param: "payment_method_types",
    });
    expect((await create({ line_items: [{ price: "price_none" }] })).code).toBe("resource_missing");
    expect((await create({ customer: "cus_none" })).param).toBe("customer");
    expect((await create({ customer: customer.id, customer_email: "x@example.com" })).code).toBe(
      "parameters_exclusive",
    );
    expect((await create({ success_url: "nowhere" })).code).toBe("url_invalid");
    expect((await create({ subscription_data: { trial_period_days: 0 } })).statusCode).toBe(400);
    expect(
      (await refusal(shop.stripe.checkout.sessions.retrieve(session.id, { expand: ["mode"] }))).message,
    ).toContain("cannot be expanded");
  });

  it("expires by hand and by itself after a day, and cannot be paid then", async () => {
    const { session } = await openCheckout(shop);
    expect(await shop.stripe.checkout.sessions.expire(session.id)).toMatchObject({
      status: "expired",
      url: null,
    });
    expect((await refusal(shop.stripe.checkout.sessions.expire(session.id))).statusCode).toBe(400);
    const other = await openCheckout(shop);
    await shop.emulator.clock.advance(DAY);
    await shop.emulator.settled();
    expect(shop.heard()).toContain("checkout.session.expired");
    expect(await shop.emulator.completeCheckout(other.session.id)).toEqual({
      outcome: "closed",
      status: "expired",
    });
  });

  it("completes a session once, whoever tries again", async () => {
    const { customer, session } = await openCheckout(shop);
    await shop.emulator.completeCheckout(session.id);
    expect(await shop.emulator.completeCheckout(session.id)).toEqual({
      outcome: "closed",
      status: "complete",
    });
    expect((await shop.stripe.subscriptions.list({ customer: customer.id })).data).toHaveLength(1);
  });
});
