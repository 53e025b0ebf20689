import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, PAID, refusal, type Shop } from "../shop.ts";
import { DAY, expectEvents, FROZEN, HOUR, type Row, Scenario, typesOf } from "./scenario.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ settings: { invoicePaymentDelay: [1, 1] } });
});
afterAll(() => shop.close());

const PERIOD = 31 * DAY;
const RENEWED: Row[] = [
  [
    "customer.subscription.updated",
    { status: "active", items: { data: [{ current_period_start: FROZEN + PERIOD }] } },
    { items: { data: [{ current_period_start: FROZEN }] }, latest_invoice: expect.any(String) },
  ],
  ["invoice.created", { status: "draft", billing_reason: "subscription_cycle" }],
];
const REFUSED: Row[] = [
  "invoice.finalized",
  "payment_intent.created",
  ["charge.failed", { paid: false, failure_code: "card_declined" }],
  ["payment_intent.payment_failed", { last_payment_error: { code: "card_declined" } }],
  ["invoice.updated", { attempted: true }, { attempt_count: 0 }],
  ["invoice.payment_failed", { attempt_count: 1, next_payment_attempt: FROZEN + PERIOD + HOUR + 3 * DAY }],
  ["customer.subscription.updated", { status: "past_due" }, { status: "active" }],
];
const RETRIED: Row[] = [
  "charge.failed",
  "payment_intent.payment_failed",
  "invoice.updated",
  "invoice.payment_failed",
];

type Ending = "cancel" | "unpaid" | "past_due";

/** A subscription whose card is refused from now on, an hour after its first renewal. */
async function behind(from: Shop): Promise<{ ada: Scenario; id: string; last: Stripe.Event[] }> {
  const ada = await Scenario.begin(from);
  const { id } = await ada.subscribes();
  await ada.stripe.paymentMethods
    .attach("pm_card_chargeCustomerFail", { customer: ada.customer })
    .then((bad) => ada.stripe.subscriptions.update(id, { default_payment_method: bad.id }));
  await ada.passes(PERIOD);
  return { ada, id, last: await ada.passes(HOUR) };
}

describe("G. a renewal that is paid", () => {
  it("moves the period on at once and the money an hour later, active all the while", async () => {
    const ada = await Scenario.begin(shop);
    const { id } = await ada.subscribes();
    await ada.passes(DAY);
    expectEvents(await ada.until(FROZEN + PERIOD), RENEWED);
    expect(await ada.reads(id)).toMatchObject({
      status: "active",
      latest_invoice: { status: "draft", attempted: false },
    });
    expect(typesOf(await ada.passes(HOUR))).toEqual([...PAID]);
    expect(typesOf(await ada.passes(1))).toEqual(["invoice_payment.paid"]);
    const { latest_invoice } = await ada.reads(id);
    const payments = await ada.stripe.invoicePayments.list({
      invoice: (latest_invoice as Stripe.Invoice).id,
    });
    const intent = String(payments.data[0]?.payment.payment_intent);
    expect(await ada.stripe.paymentIntents.retrieve(intent, { expand: ["latest_charge"] })).toMatchObject({
      status: "succeeded",
      amount_received: 3900,
      latest_charge: { paid: true, customer: ada.customer },
    });
  });
});

describe("H. a renewal that is refused", () => {
  it("falls behind, is tried again as planned, and recovers with the first try that goes through", async () => {
    const { ada, id, last } = await behind(shop);
    expectEvents(last, REFUSED);
    expect(await ada.reads(id)).toMatchObject({
      status: "past_due",
      latest_invoice: { status: "open", attempt_count: 1 },
    });
    expectEvents(await ada.passes(3 * DAY), RETRIED);
    const good = await ada.stripe.paymentMethods.attach("pm_card_visa", { customer: ada.customer });
    await ada.stripe.subscriptions.update(id, { default_payment_method: good.id });
    expectEvents(await ada.passes(5 * DAY), [
      "payment_intent.succeeded",
      "charge.succeeded",
      ["invoice.updated", { status: "paid" }, { status: "open", attempt_count: 2 }],
      ["invoice.paid", { attempt_count: 3, next_payment_attempt: null }],
      "invoice.payment_succeeded",
      ["customer.subscription.updated", { status: "active" }, { status: "past_due" }],
    ]);
    expect(await ada.reads(id)).toMatchObject({ status: "active", latest_invoice: { status: "paid" } });
  });

  it.each<[Ending, Row | null, object]>([
    [
      "cancel",
      [
        "customer.subscription.deleted",
        { status: "canceled", cancellation_details: { reason: "payment_failed" } },
      ],
      { status: "canceled", ended_at: expect.any(Number) },
    ],
    [
      "unpaid",
      ["customer.subscription.updated", { status: "unpaid" }, { status: "past_due" }],
      { status: "unpaid" },
    ],
    ["past_due", null, { status: "past_due", ended_at: null }],
  ])("after the last try: %s", async (afterLastRetry, told, left) => {
    const other = await openShop({ settings: { afterLastRetry, invoicePaymentDelay: [1, 1] } });
    const { ada, id } = await behind(other);
    await ada.passes(8 * DAY);
    expect((await ada.reads(id)).status).toBe("past_due");
    const events = await ada.passes(7 * DAY);
    const about = events.filter(({ type }) => type.startsWith("customer.subscription"));
    expectEvents(about, told === null ? [] : [told]);
    expect(await ada.reads(id)).toMatchObject({
      ...left,
      latest_invoice: { status: "open", attempt_count: 4, next_payment_attempt: null },
    });
    if (afterLastRetry === "cancel") {
      expect(await ada.reads(id)).toMatchObject({ latest_invoice: { auto_advance: false } });
      const failed = events.filter(({ type }) => type === "invoice.payment_failed");
      expect(failed.at(-1)?.data.object).toMatchObject({ auto_advance: false });
    }
    const later = await ada.until(FROZEN + 59 * DAY + HOUR);
    const drafts = later.filter(({ type }) => type === "invoice.created");
    expectEvents(
      drafts,
      afterLastRetry === "cancel" ? [] : [["invoice.created", { auto_advance: afterLastRetry !== "unpaid" }]],
    );
    const { data: invoices } = await ada.stripe.invoices.list({ subscription: id });
    const newest = { cancel: "open", unpaid: "draft", past_due: "open" }[afterLastRetry];
    expect(invoices[0]?.status).toBe(newest);
    expect(invoices).toHaveLength(afterLastRetry === "cancel" ? 2 : 3);
    await other.close();
  });

  it("is cured by paying the latest invoice, also when it is given up for lost", async () => {
    const { ada, id } = await behind(shop);
    const { latest_invoice } = await ada.reads(id);
    const events = await ada.calls(() =>
      ada.stripe.invoices.markUncollectible((latest_invoice as Stripe.Invoice).id),
    );
    expectEvents(events, [
      ["invoice.marked_uncollectible", { status: "uncollectible", auto_advance: false }],
      ["customer.subscription.updated", { status: "active" }, { status: "past_due" }],
    ]);
  });
});

describe("I. 3-D Secure away from the checkout page", () => {
  it("asks for it on a renewal with a card that always wants it", async () => {
    const ada = await Scenario.begin(shop, { card: "pm_card_authenticationRequired" });
    const { id } = await ada.subscribes({ trial_period_days: 5 });
    await ada.passes(5 * DAY);
    expectEvents(await ada.passes(HOUR), [
      "invoice.finalized",
      "payment_intent.created",
      ["payment_intent.requires_action", { status: "requires_action" }],
      "invoice.updated",
      ["invoice.payment_action_required", { hosted_invoice_url: expect.stringContaining("/invoices/in_") }],
      "invoice.payment_failed",
      ["customer.subscription.updated", { status: "past_due" }, { status: "active" }],
    ]);
    const { latest_invoice } = await ada.reads(id);
    const { hosted_invoice_url: page } = latest_invoice as Stripe.Invoice;
    const press = (path: string, answer?: string) =>
      fetch(`${page}${path}`, { method: "POST", body: new URLSearchParams(answer ? { answer } : {}) });
    await press("/pay-saved");
    const types = typesOf(await ada.person(() => press("/challenge", "complete")));
    expect(types).toContain("invoice.paid");
    expect(types.at(-1)).toBe("customer.subscription.updated");
    expect((await ada.reads(id)).status).toBe("active");
  });

  it("leaves a subscription of the API incomplete, and for good after 23 hours", async () => {
    const ada = await Scenario.begin(shop, { card: "pm_card_authenticationRequired" });
    const events = await ada.calls(() => ada.subscribes());
    expectEvents(
      events.filter(({ type }) => /^(customer\.sub|invoice\.p)/.test(type)),
      [
        ["customer.subscription.created", { status: "incomplete" }],
        ["invoice.payment_action_required", { status: "open", billing_reason: "subscription_create" }],
        "invoice.payment_failed",
      ],
    );
    const [{ id } = { id: "" }] = (await ada.stripe.subscriptions.list({ customer: ada.customer })).data;
    expect(await ada.passes(23 * HOUR - 1)).toEqual([]);
    expectEvents(await ada.passes(1), [
      [
        "customer.subscription.updated",
        { status: "incomplete_expired", ended_at: FROZEN + 23 * HOUR },
        { status: "incomplete" },
      ],
      ["payment_intent.canceled", { status: "canceled" }],
      ["invoice.voided", { status: "void", status_transitions: { voided_at: FROZEN + 23 * HOUR } }],
    ]);
    expect((await refusal(ada.stripe.subscriptions.update(id, { description: "late" }))).code).toBe(
      "resource_missing",
    );
    expect(await ada.passes(40 * DAY)).toEqual([]);
  });

  it("makes a subscription of the API active once its first invoice is paid", async () => {
    const ada = await Scenario.begin(shop);
    const { id, latest_invoice } = await ada.subscribes({ payment_behavior: "default_incomplete" });
    const events = await ada.calls(() => ada.stripe.invoices.pay((latest_invoice as Stripe.Invoice).id));
    expectEvents(
      events.filter(({ type }) => type === "invoice.paid" || type.startsWith("customer.")),
      [
        ["invoice.paid", { amount_paid: 3900 }],
        ["customer.subscription.updated", { status: "active" }, { status: "incomplete" }],
      ],
    );
    expect((await ada.reads(id)).status).toBe("active");
  });
});
