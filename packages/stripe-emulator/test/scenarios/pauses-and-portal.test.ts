import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, type Shop } from "../shop.ts";
import { DAY, expectEvents, FROZEN, HOUR, Scenario, typesOf } from "./scenario.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ settings: { invoicePaymentDelay: [1, 1] } });
});
afterAll(() => shop.close());

/** Paused since a trial ended without a card. */
async function paused(): Promise<{ ada: Scenario; id: string }> {
  const ada = await Scenario.begin(shop, { card: null });
  const { id } = await ada.subscribes({
    trial_period_days: 5,
    trial_settings: { end_behavior: { missing_payment_method: "pause" } },
  });
  await ada.passes(6 * DAY);
  return { ada, id };
}

async function giveCard(ada: Scenario, token: string): Promise<void> {
  const { id } = await ada.stripe.paymentMethods.attach(token, { customer: ada.customer });
  await ada.stripe.customers.update(ada.customer, { invoice_settings: { default_payment_method: id } });
}

const latest = async (ada: Scenario, id: string) => (await ada.reads(id)).latest_invoice as Stripe.Invoice;

describe("M. a pause that ends", () => {
  it("with an invoice that is paid at once", async () => {
    const { ada, id } = await paused();
    await giveCard(ada, "pm_card_visa");
    const events = await ada.calls(() => ada.stripe.subscriptions.resume(id));
    const types = typesOf(events);
    expect(types.slice(0, 2)).toEqual(["invoice.created", "invoice.finalized"]);
    expect(types).toContain("invoice.paid");
    expectEvents(events.slice(-2), [
      ["customer.subscription.updated", { status: "active" }, { status: "paused" }],
      ["customer.subscription.resumed", { status: "active" }],
    ]);
    const after = await ada.reads(id);
    expect(after.status_details ?? null).toBeNull();
    expect(after.items.data[0]).toMatchObject({ current_period_start: FROZEN + 6 * DAY });
  });

  it("without an invoice while the paid period still runs", async () => {
    const ada = await Scenario.begin(shop);
    const { id } = await ada.subscribes();
    expectEvents(await ada.calls(() => ada.stripe.subscriptions.pause(id, { type: "subscription" })), [
      ["customer.subscription.updated", { status: "paused" }, { status: "active" }],
      [
        "customer.subscription.paused",
        { status_details: { paused: { subscription: { type: "pause_requested" } } } },
      ],
    ]);
    await ada.passes(DAY);
    const unchanged = { billing_cycle_anchor: { type: "unchanged" as const } };
    expectEvents(await ada.calls(() => ada.stripe.subscriptions.resume(id, unchanged)), [
      ["customer.subscription.updated", { status: "active" }, { status: "paused" }],
      "customer.subscription.resumed",
    ]);
  });

  it("not at all while the invoice is open; void after 23 hours, paused still", async () => {
    const { ada, id } = await paused();
    await giveCard(ada, "pm_card_chargeCustomerFail");
    const wait = { payment_behavior: "resume_on_payment_success" as const };
    const types = typesOf(await ada.calls(() => ada.stripe.subscriptions.resume(id, wait)));
    expect(types).toContain("invoice.payment_failed");
    expect(types).not.toContain("customer.subscription.resumed");
    expect(await ada.reads(id)).toMatchObject({ status: "paused", latest_invoice: { status: "open" } });
    const events = await ada.passes(23 * HOUR);
    expect(typesOf(events)).toContain("invoice.voided");
    expect(await ada.reads(id)).toMatchObject({ status: "paused", latest_invoice: { status: "void" } });
  });

  it("when the open invoice is paid by hand, or given up", async () => {
    for (const settle of [
      (stripe: Stripe, invoice: string) => stripe.invoices.pay(invoice, { payment_method: "pm_card_visa" }),
      (stripe: Stripe, invoice: string) => stripe.invoices.markUncollectible(invoice),
    ]) {
      const { ada, id } = await paused();
      await giveCard(ada, "pm_card_chargeCustomerFail");
      await ada.stripe.subscriptions.resume(id, { payment_behavior: "resume_on_payment_success" });
      const invoice = await latest(ada, id);
      const types = typesOf(await ada.calls(() => settle(ada.stripe, invoice.id)));
      expect(types.slice(-2)).toEqual(["customer.subscription.updated", "customer.subscription.resumed"]);
      expect((await ada.reads(id)).status).toBe("active");
    }
  });
});

describe("N. the portal", () => {
  const CARD = {
    cardNumber: "4242424242424242",
    cardExpiry: "12 / 40",
    cardCvc: "123",
    billingName: "Ada",
    billingCountry: "SE",
  };

  it("tells of its sessions, of its configuration the first time, and of a new card", async () => {
    const ada = await Scenario.begin(shop);
    const { id } = await ada.subscribes();
    let url = "";
    const open = async () => {
      url = (await ada.stripe.billingPortal.sessions.create({ customer: ada.customer })).url;
    };
    const session = ["billing_portal.session.created", { customer: ada.customer }] as [string, object];
    expectEvents(await ada.calls(open), ["billing_portal.configuration.created", session]);
    expectEvents(await ada.calls(open), [session]);
    const before = await ada.stripe.customers.retrieve(ada.customer);
    const saved = "deleted" in before ? null : before.invoice_settings.default_payment_method;
    const press = () => fetch(`${url}/card`, { method: "POST", body: new URLSearchParams(CARD) });
    expectEvents(await ada.person(press), [
      "setup_intent.created",
      ["setup_intent.succeeded", { status: "succeeded" }],
      ["payment_method.attached", { customer: ada.customer }],
      ["customer.updated", {}, { invoice_settings: { default_payment_method: saved } }],
      ["customer.subscription.updated", { status: "active" }, { default_payment_method: null }],
    ]);
    const after = await ada.stripe.subscriptions.retrieve(id, { expand: ["default_payment_method"] });
    expect(after.default_payment_method).toMatchObject({ card: { last4: "4242", exp_year: 2040 } });
  });
});
