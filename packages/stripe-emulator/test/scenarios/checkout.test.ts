import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, refusal, type Shop } from "../shop.ts";
import { DAY, expectEvents, FROZEN, HOUR, type Row, Scenario, typesOf } from "./scenario.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ settings: { invoicePaymentDelay: [7, 7] } });
});
afterAll(() => shop.close());

const TRIAL = { subscription_data: { trial_period_days: 5, metadata: { userId: "u1" } } };

/** The first invoice of a trial costs nothing and is paid without a payment. */
const FREE_INVOICE: Row[] = [
  ["invoice.created", { billing_reason: "subscription_create", total: 0 }],
  ["invoice.finalized", { status: "open", total: 0 }],
  ["invoice.paid", { status: "paid", amount_paid: 0 }],
  ["invoice.payment_succeeded", { status: "paid", attempt_count: 0 }],
];

describe("A. a checkout that is paid at once", () => {
  it("makes subscription and invoice when the money is there, both in their final state", async () => {
    const ada = await Scenario.begin(shop, { card: null });
    const session = await ada.opens({
      metadata: { order: "7" },
      subscription_data: { metadata: { userId: "u1" } },
    });
    expect(session).toMatchObject({ status: "open", subscription: null, invoice: null });
    const events = await ada.person(() => shop.emulator.completeCheckout(session.id));
    expectEvents(events, [
      ["charge.succeeded", { amount: 3900, currency: "sek", paid: true, customer: ada.customer }],
      ["payment_method.attached", { customer: ada.customer, type: "card" }],
      ["customer.updated", { currency: "sek", metadata: { userId: "u1" } }, { currency: null }],
      [
        "checkout.session.completed",
        {
          status: "complete",
          payment_status: "paid",
          customer: ada.customer,
          client_reference_id: "u1",
          metadata: { order: "7" },
          customer_details: { email: "ada@example.com" },
          amount_total: 3900,
          currency: "sek",
          url: null,
        },
      ],
      [
        "customer.subscription.created",
        { status: "active", metadata: { userId: "u1" }, customer: ada.customer },
      ],
      ["payment_intent.succeeded", { amount_received: 3900 }],
      ["payment_intent.created", { status: "requires_payment_method" }],
      ["invoice.created", { billing_reason: "subscription_create", status: "draft", amount_due: 3900 }],
      ["invoice.finalized", { status: "open" }],
      ["invoice.updated", { status: "paid" }, { status: "open", amount_paid: 0 }],
      ["invoice.paid", { status: "paid", amount_paid: 3900, amount_remaining: 0 }],
      ["invoice.payment_succeeded", { attempt_count: 1, next_payment_attempt: null }],
    ]);
    expectEvents(await ada.passes(HOUR), [["invoice_payment.paid", { status: "paid", amount_paid: 3900 }]]);
    const done = await shop.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["subscription", "invoice"],
    });
    const subscription = done.subscription as Stripe.Subscription;
    expect(subscription).toMatchObject({
      status: "active",
      latest_invoice: (done.invoice as Stripe.Invoice).id,
    });
    expect(done.invoice).toMatchObject({
      status: "paid",
      parent: { subscription_details: { subscription: subscription.id, metadata: { userId: "u1" } } },
    });
    expect(subscription.items.data[0]).toMatchObject({
      current_period_start: FROZEN,
      current_period_end: FROZEN + 31 * DAY,
    });
  });

  it("makes a customer where the session has none, before everything that names it", async () => {
    const nobody = await Scenario.begin(shop, { card: null });
    const session = await shop.stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price: nobody.price.id, quantity: 1 }],
      success_url: "http://shop.example/",
    });
    const types = typesOf(
      await nobody.person(() =>
        shop.emulator.completeCheckout(session.id, undefined, { email: "new@example.com" }),
      ),
    );
    expect(types.indexOf("customer.created")).toBeLessThan(types.indexOf("checkout.session.completed"));
    const { customer } = await shop.stripe.checkout.sessions.retrieve(session.id, { expand: ["customer"] });
    expect(customer).toMatchObject({ email: "new@example.com", currency: "sek" });
  });
});

describe("B. a checkout with a trial of five days and a card", () => {
  it("saves the card, charges nothing and begins the trial", async () => {
    const ada = await Scenario.begin(shop, { card: null });
    const session = await ada.opens(TRIAL);
    const end = FROZEN + 5 * DAY;
    expectEvents(await ada.person(() => shop.emulator.completeCheckout(session.id)), [
      ["setup_intent.created", { status: "requires_payment_method" }],
      ["setup_intent.succeeded", { status: "succeeded" }],
      ["payment_method.attached", { customer: ada.customer }],
      ["checkout.session.completed", { status: "complete", payment_status: "no_payment_required" }],
      ["customer.updated", { currency: "sek" }],
      [
        "customer.subscription.created",
        {
          status: "trialing",
          trial_start: FROZEN,
          trial_end: end,
          billing_cycle_anchor: end,
          pending_setup_intent: null,
          default_payment_method: expect.stringMatching(/^pm_/),
          items: { data: [{ current_period_end: end }] },
        },
      ],
      ...FREE_INVOICE,
    ]);
    expect((await shop.stripe.charges.list({ customer: ada.customer })).data).toEqual([]);
    expect((await shop.stripe.paymentIntents.list({ customer: ada.customer })).data).toEqual([]);
  });
});

describe("C. a checkout with a trial and no card", () => {
  it("begins the trial without payment method", async () => {
    const ada = await Scenario.begin(shop, { card: null });
    const session = await ada.opens({ ...TRIAL, payment_method_collection: "if_required" });
    expectEvents(await ada.person(() => shop.emulator.completeCheckout(session.id, null)), [
      ["checkout.session.completed", { payment_status: "no_payment_required" }],
      "customer.updated",
      ["customer.subscription.created", { status: "trialing", default_payment_method: null }],
      ...FREE_INVOICE,
    ]);
  });
});

describe("I. 3-D Secure on the checkout page", () => {
  it("leaves no subscription behind when it fails, and the session open for another try", async () => {
    const ada = await Scenario.begin(shop, { card: null });
    const session = await ada.opens();
    const failed = await ada.person(() =>
      shop.emulator.completeCheckout(session.id, "4000002760003184", { authentication: "fail" }),
    );
    expectEvents(failed, [
      ["payment_intent.requires_action", { status: "requires_action" }],
      "payment_intent.created",
      [
        "payment_intent.payment_failed",
        {
          status: "requires_payment_method",
          last_payment_error: { code: "payment_intent_authentication_failure" },
        },
      ],
    ]);
    expect((await shop.stripe.subscriptions.list({ customer: ada.customer, status: "all" })).data).toEqual(
      [],
    );
    expect(await shop.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: "open" });
    const types = typesOf(
      await ada.person(() => shop.emulator.completeCheckout(session.id, "4000002760003184")),
    );
    expect(types).toContain("customer.subscription.created");
    expect(types).not.toContain("payment_intent.created"); // attempts of a session share one intent
  });

  it("leaves no subscription behind when the card is refused", async () => {
    const ada = await Scenario.begin(shop, { card: null });
    const session = await ada.opens();
    const types = typesOf(
      await ada.person(() => shop.emulator.completeCheckout(session.id, "4000000000000002")),
    );
    expect(types.toSorted()).toEqual([
      "charge.failed",
      "payment_intent.created",
      "payment_intent.payment_failed",
    ]);
    expect((await shop.stripe.subscriptions.list({ customer: ada.customer, status: "all" })).data).toEqual(
      [],
    );
  });

  it("fails the setup intent of a trial", async () => {
    const ada = await Scenario.begin(shop, { card: null });
    const session = await ada.opens(TRIAL);
    const types = typesOf(
      await ada.person(() =>
        shop.emulator.completeCheckout(session.id, "4000002500003155", { authentication: "fail" }),
      ),
    );
    expect(types).toEqual([
      "setup_intent.created",
      "setup_intent.requires_action",
      "setup_intent.setup_failed",
    ]);
  });
});

describe("R. a checkout that expires", () => {
  const EXPIRED: Row[] = [["checkout.session.expired", { status: "expired", url: null, subscription: null }]];

  it("after 24 hours by itself, or when it was told to", async () => {
    const ada = await Scenario.begin(shop);
    const session = await ada.opens();
    expect(session.expires_at).toBe(FROZEN + DAY);
    const sooner = await ada.opens({ expires_at: FROZEN + HOUR / 2 });
    expectEvents(await ada.passes(HOUR / 2), EXPIRED);
    expect(await shop.stripe.checkout.sessions.retrieve(sooner.id)).toMatchObject({ status: "expired" });
    expect(await ada.passes(DAY - HOUR / 2 - 1)).toEqual([]);
    expectEvents(await ada.passes(1), EXPIRED);
    expect(await shop.emulator.completeCheckout(session.id)).toEqual({
      outcome: "closed",
      status: "expired",
    });
  });

  it("by a call, once", async () => {
    const ada = await Scenario.begin(shop);
    const session = await ada.opens();
    expectEvents(await ada.calls(() => shop.stripe.checkout.sessions.expire(session.id)), EXPIRED);
    expect((await refusal(shop.stripe.checkout.sessions.expire(session.id))).statusCode).toBe(400);
    expect(await ada.passes(2 * DAY)).toEqual([]);
  });
});
