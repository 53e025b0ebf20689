import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { amounts, planShop } from "../../test/plan-shop.ts";
import { DAY, HOUR, refusal } from "../../test/shop.ts";

const t = planShop();

describe("a subscription made with terms of its own", () => {
  it("is anchored in the future: its first period is part of a whole one, or free", async () => {
    const anchor = t.now() + 10 * 86_400;
    const { data } = await t.shop.stripe.invoices.list({ limit: 1 });
    const row = await t.subscribe({ billing_cycle_anchor: anchor });
    expect(row.items.data[0]).toMatchObject({ current_period_end: anchor });
    const first = await t.latest(row.id);
    const month =
      anchor -
      Math.floor(new Date(anchor * 1000).setUTCMonth(new Date(anchor * 1000).getUTCMonth() - 1) / 1000);
    expect(first).toMatchObject({ status: "paid", total: Math.round((3000 * 10 * 86_400) / month) });
    expect(first.id).not.toBe(data[0]?.id);
    await t.shop.emulator.clock.set((anchor + 1) * 1000);
    expect(await t.latest(row.id)).toMatchObject({ total: 3000, status: "draft" });
    await t.shop.stripe.subscriptions.cancel(row.id);
    const free = await t.subscribe({ billing_cycle_anchor: t.now() + 86_400, proration_behavior: "none" });
    expect(await t.latest(free.id)).toMatchObject({ total: 0, status: "paid" });
    expect(free.status).toBe("active");
    const late = t.subscribe({ billing_cycle_anchor: t.now() + 40 * 86_400 });
    expect((await refusal(late)).message).toContain("next natural billing date");
    await t.shop.stripe.subscriptions.cancel(free.id);
  });

  it("takes prices for one time along on its first invoice", async () => {
    const setup = await t.shop.stripe.prices.create({
      currency: "sek",
      unit_amount: 500,
      product_data: { name: "Setup" },
    });
    const row = await t.subscribe({
      add_invoice_items: [{ price: setup.id, quantity: 2 }],
      cancel_at_period_end: true,
      metadata: { a: "1" },
    });
    expect(amounts(await t.latest(row.id))).toEqual([1000, 3000]);
    expect(row).toMatchObject({ status: "active", cancel_at_period_end: true });
    const later = await t.shop.stripe.subscriptions.update(row.id, {
      add_invoice_items: [{ price: setup.id }],
    });
    const { data } = await t.shop.stripe.invoiceItems.list({ customer: t.customer.id, pending: true });
    expect(data).toMatchObject([
      { amount: 500, parent: { subscription_details: { subscription: later.id } } },
    ]);
  });

  it("is sent instead of charged, behind when its invoice is overdue, and active again when that is paid", async () => {
    let row!: Stripe.Subscription;
    const heard = await t.since(async () => {
      row = await t.subscribe({ collection_method: "send_invoice", days_until_due: 5 });
    });
    expect(heard).toEqual(["customer.subscription.created", "invoice.created"]);
    expect(row).toMatchObject({ status: "active", collection_method: "send_invoice", days_until_due: 5 });
    expect(await t.latest(row.id)).toMatchObject({ status: "draft", due_date: t.now() + 5 * 86_400 });
    expect(await t.pass(HOUR)).toEqual(["invoice.finalized", "invoice.sent"]);
    expect(await t.pass(5 * DAY)).toEqual(["invoice.overdue", "customer.subscription.updated"]);
    expect((await t.shop.stripe.subscriptions.retrieve(row.id)).status).toBe("past_due");
    await t.shop.stripe.invoices.pay((await t.latest(row.id)).id, { paid_out_of_band: true });
    expect((await t.shop.stripe.subscriptions.retrieve(row.id)).status).toBe("active");
    const none = await refusal(t.subscribe({ collection_method: "send_invoice" }));
    expect(none.param).toBe("days_until_due");
  });

  it("that is sent needs no card at the end of its trial, and what comes with the trial is sent, too", async () => {
    const setup = await t.shop.stripe.prices.create({
      currency: "sek",
      unit_amount: 500,
      product_data: { name: "Setup" },
    });
    const { id: customer } = await t.shop.stripe.customers.create();
    const { id } = await t.subscribe({
      customer,
      collection_method: "send_invoice",
      days_until_due: 5,
      trial_period_days: 3,
      trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
      add_invoice_items: [{ price: setup.id }],
    });
    expect(await t.latest(id)).toMatchObject({ status: "open", amount_due: 500 });
    expect(await t.pass(3 * DAY)).toContain("invoice.created");
    expect((await t.shop.stripe.subscriptions.retrieve(id)).status).toBe("active");
  });

  it("is paid from the customer's credit, needs a card only when something is due, and is refused in part by nothing", async () => {
    const poor = await t.shop.stripe.customers.create({ balance: -5000 });
    const row = await t.subscribe({ customer: poor.id });
    expect(row.status).toBe("active");
    expect(await t.latest(row.id)).toMatchObject({ status: "paid", total: 3000, amount_due: 0 });
    await t.shop.stripe.subscriptions.cancel(row.id);
    const refused = await refusal(t.subscribe({ customer: (await t.shop.stripe.customers.create()).id }));
    expect(refused).toMatchObject({ statusCode: 400, code: "resource_missing" });
    const foreign = await t.shop.stripe.paymentMethods.attach("pm_card_visa", { customer: poor.id });
    const other = await refusal(t.subscribe({ default_payment_method: foreign.id }));
    expect(other).toMatchObject({ code: "resource_missing", param: "default_payment_method" });
    expect((await t.shop.stripe.subscriptions.list({ customer: t.customer.id, status: "all" })).data).toEqual(
      [],
    );
  });

  it("is found by collection method, period and price", async () => {
    const row = await t.subscribe();
    const found = (params: Stripe.SubscriptionListParams) =>
      t.shop.stripe.subscriptions
        .list({ customer: t.customer.id, ...params })
        .then(({ data }) => data.map(({ id }) => id));
    expect(await found({ collection_method: "charge_automatically", price: t.plan.id })).toEqual([row.id]);
    expect(await found({ collection_method: "send_invoice" })).toEqual([]);
    expect(await found({ current_period_start: { gt: t.now() } })).toEqual([]);
    expect(await found({ current_period_end: { gt: t.now() } })).toEqual([row.id]);
  });
});
