import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, type Shop } from "../shop.ts";
import { DAY, expectEvents, HOUR, type Row, Scenario } from "./scenario.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ settings: { invoicePaymentDelay: [1, 1] } });
});
afterAll(() => shop.close());

/** A subscription in euro, paid by a bank that answers later. */
async function debited(iban: string): Promise<{ ada: Scenario; session: string; events: Stripe.Event[] }> {
  const ada = await Scenario.begin(shop, { card: null });
  const price = await ada.stripe.prices.create({
    currency: "eur",
    unit_amount: 900,
    recurring: { interval: "month" },
    product_data: { name: "P" },
  });
  const { id } = await ada.opens({
    line_items: [{ price: price.id, quantity: 1 }],
    allowed_payment_method_types: ["sepa_debit"],
  });
  return { ada, session: id, events: await ada.person(() => shop.emulator.completeCheckout(id, iban)) };
}

async function left({ ada, session }: { ada: Scenario; session: string }) {
  const expand = ["subscription", "invoice"];
  const { subscription, invoice } = await ada.stripe.checkout.sessions.retrieve(session, { expand });
  return [(subscription as Stripe.Subscription).status, (invoice as Stripe.Invoice).status];
}

describe("S. a bank that answers later", () => {
  const BEGUN: Row[] = [
    ["charge.pending", { status: "pending", paid: false, amount: 900 }],
    "payment_method.attached",
    "customer.updated",
    ["checkout.session.completed", { status: "complete", payment_status: "unpaid" }],
    ["customer.subscription.created", { status: "active" }],
    "payment_intent.created",
    ["payment_intent.processing", { status: "processing" }],
    "invoice.created",
    ["invoice.finalized", { status: "open", amount_due: 900 }],
  ];

  it("with yes: the session is told paid, and the invoice with it", async () => {
    const begun = await debited("AT611904300234573201");
    expectEvents(begun.events, BEGUN);
    expect(await left(begun)).toEqual(["active", "open"]);
    expectEvents(await begun.ada.passes(HOUR), [
      ["charge.succeeded", { paid: true }],
      ["payment_intent.succeeded", { amount_received: 900 }],
      ["checkout.session.async_payment_succeeded", { payment_status: "paid" }],
      ["invoice.updated", { status: "paid" }, { status: "open" }],
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
    ]);
    expect(await left(begun)).toEqual(["active", "paid"]);
  });

  it("with no: the invoice is void, and the subscription active still", async () => {
    const begun = await debited("AT861904300235473202");
    expectEvents(begun.events, BEGUN);
    expectEvents(await begun.ada.passes(HOUR), [
      ["charge.failed", { paid: false }],
      "payment_intent.payment_failed",
      ["checkout.session.async_payment_failed", { payment_status: "unpaid" }],
      "payment_intent.canceled",
      ["invoice.voided", { status: "void" }],
    ]);
    expect(await left(begun)).toEqual(["active", "void"]);
  });
});

describe("O. a refund that takes its time", () => {
  async function refunded(card: string) {
    const ada = await Scenario.begin(shop, { card: null });
    const intent = await ada.stripe.paymentIntents.create({
      amount: 3900,
      currency: "sek",
      customer: ada.customer,
      payment_method: card,
      allowed_payment_method_types: ["card"],
      confirm: true,
    });
    const events = await ada.calls(() => ada.stripe.refunds.create({ payment_intent: intent.id }));
    const later = (await ada.passes(HOUR)).filter(({ type }) => type !== "charge.updated");
    return { events, later, charge: await ada.stripe.charges.retrieve(String(intent.latest_charge)) };
  }

  it("is pending first, and done later", async () => {
    const { events, later, charge } = await refunded("pm_card_pendingRefund");
    expectEvents(events, [["refund.created", { status: "pending" }]]);
    expectEvents(later, [
      ["refund.updated", { status: "succeeded" }, { status: "pending" }],
      ["charge.refund.updated", { status: "succeeded" }],
      ["charge.refunded", { amount_refunded: 3900, refunded: true }],
    ]);
    expect(charge).toMatchObject({ refunded: true });
  });

  it("seems done, and fails later: the charge is not refunded any more", async () => {
    const { events, later, charge } = await refunded("pm_card_refundFail");
    expectEvents(events, [["refund.created", { status: "succeeded" }], "charge.refunded"]);
    expectEvents(later, [
      ["refund.updated", { status: "failed" }, { status: "succeeded" }],
      ["charge.refund.updated", { status: "failed" }],
      ["refund.failed", { failure_reason: expect.any(String) }],
    ]);
    expect(charge).toMatchObject({ refunded: false, amount_refunded: 0 });
  });
});

describe("K. an end at once that settles what is left", () => {
  const CREDIT: Row = ["invoiceitem.created", { amount: -2642, currency: "sek" }];
  const ENDED: Row = ["customer.subscription.deleted", { status: "canceled" }];

  async function ends(how: Stripe.SubscriptionCancelParams) {
    const ada = await Scenario.begin(shop);
    const { id } = await ada.subscribes();
    await ada.passes(10 * DAY);
    const events = await ada.calls(() => ada.stripe.subscriptions.cancel(id, how));
    const customer = await ada.stripe.customers.retrieve(ada.customer);
    const { data: invoices } = await ada.stripe.invoices.list({ subscription: id });
    return { events, balance: "deleted" in customer ? null : customer.balance, invoices };
  }

  it("prorate: the credit waits for an invoice", async () => {
    const { events, balance, invoices } = await ends({ prorate: true });
    expectEvents(events, [CREDIT, ENDED]);
    expect([balance, invoices.length]).toEqual([0, 1]);
  });

  it("prorate and invoice_now: a last invoice turns it into balance, not into money", async () => {
    const { events, balance, invoices } = await ends({ prorate: true, invoice_now: true });
    expectEvents(events, [
      CREDIT,
      ENDED,
      ["invoice.created", { total: -2642 }],
      ["customer.updated", { balance: -2642 }, { balance: 0 }],
      ["invoice.finalized", { amount_due: 0 }],
      ["invoice.paid", { status: "paid", amount_paid: 0 }],
      "invoice.payment_succeeded",
    ]);
    expect([balance, invoices.length]).toEqual([-2642, 2]);
  });

  it("invoice_now with nothing that waits: no invoice", async () => {
    const { events, invoices } = await ends({ invoice_now: true });
    expectEvents(events, [ENDED]);
    expect(invoices).toHaveLength(1);
  });
});

describe("G, H. what a dashboard decides about renewals", () => {
  it("announces them, with an invoice that has no id", async () => {
    const other = await openShop({ settings: { upcomingDays: 3 } });
    const ada = await Scenario.begin(other);
    await ada.subscribes();
    await ada.passes(27 * DAY);
    const upcoming = { billing_reason: "upcoming", total: 3900, customer: ada.customer };
    const events = await ada.passes(DAY);
    expectEvents(events, [["invoice.upcoming", upcoming]]);
    expect(Object.keys(events[0]?.data.object ?? {})).not.toContain("id");
    await other.close();
  });

  it("pauses after the last try", async () => {
    const other = await openShop({ settings: { afterLastRetry: "pause" } });
    const ada = await Scenario.begin(other, { card: "pm_card_chargeCustomerFail" });
    const { id } = await ada.subscribes({ trial_period_days: 1 });
    await ada.passes(9 * DAY + HOUR);
    const status_details = { paused: { subscription: { type: "final_payment_failure" } } };
    expectEvents((await ada.passes(7 * DAY)).slice(-2), [
      ["customer.subscription.updated", { status: "paused", status_details }, { status: "past_due" }],
      ["customer.subscription.paused", { status_details }],
    ]);
    expect(await ada.reads(id)).toMatchObject({ status: "paused", latest_invoice: { status: "open" } });
    await other.close();
  });
});

describe("A, in other ways", () => {
  it("with a discount that counts once", async () => {
    const ada = await Scenario.begin(shop, { card: null });
    const { id: coupon } = await ada.stripe.coupons.create({ percent_off: 50, duration: "once" });
    const session = await ada.opens({ discounts: [{ coupon }] });
    expect(session).toMatchObject({ amount_subtotal: 3900, amount_total: 1950 });
    const events = await ada.person(() => shop.emulator.completeCheckout(session.id));
    expectEvents(
      events.filter(({ type }) => /discount|invoice.paid/.test(type)),
      [
        ["customer.discount.created", { source: { coupon } }],
        ["invoice.paid", { subtotal: 3900, total: 1950, amount_paid: 1950 }],
        "customer.discount.deleted",
      ],
    );
    const renewed = await ada.passes(31 * DAY + HOUR);
    expect(renewed.findLast(({ type }) => type === "invoice.paid")?.data.object).toMatchObject({
      amount_paid: 3900,
    });
  });

  it("for once, and only to keep a card: no subscription, no invoice", async () => {
    const ada = await Scenario.begin(shop, { card: null });
    const price = await ada.stripe.prices.create({
      currency: "sek",
      unit_amount: 5000,
      product_data: { name: "Once" },
    });
    const once = await ada.opens({ mode: "payment", line_items: [{ price: price.id, quantity: 1 }] });
    const paid = await ada.person(() => shop.emulator.completeCheckout(once.id));
    expectEvents(paid, [
      "payment_intent.created",
      ["charge.succeeded", { amount: 5000 }],
      ["payment_intent.succeeded", { amount_received: 5000 }],
      [
        "checkout.session.completed",
        { mode: "payment", payment_status: "paid", subscription: null, invoice: null },
      ],
    ]);
    const keep = await ada.stripe.checkout.sessions.create({
      mode: "setup",
      currency: "sek",
      customer: ada.customer,
      success_url: "http://shop.example/",
    });
    const kept = await ada.person(() => shop.emulator.completeCheckout(keep.id));
    expectEvents(kept.slice(-3), [
      ["setup_intent.succeeded", { status: "succeeded" }],
      ["payment_method.attached", { customer: ada.customer }],
      ["checkout.session.completed", { mode: "setup", payment_status: "no_payment_required" }],
    ]);
  });
});
