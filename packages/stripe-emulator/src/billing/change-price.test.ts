import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, DAY, HOUR, openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const priceOf = (unit_amount: number, interval: "month" | "year" = "month") =>
  shop.stripe.prices.create({
    currency: "sek",
    unit_amount,
    recurring: { interval },
    product_data: { name: "Another plan" },
  });

/** A monthly subscription of 39 kr with exactly half of its period left. */
async function halfway() {
  const { subscription, customer } = await buy(shop);
  const item = subscription.items.data[0] as Stripe.SubscriptionItem;
  const length = item.current_period_end - item.current_period_start;
  await shop.emulator.clock.set((item.current_period_start + length / 2) * 1000);
  await shop.emulator.settled();
  shop.heard();
  return { id: subscription.id, item, customer };
}

const latest = async (id: string) => {
  const row = await shop.stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
  return { row, invoice: row.latest_invoice as Stripe.Invoice };
};
const amounts = ({ lines }: Stripe.Invoice) => lines.data.map(({ amount }) => amount);

describe("a change of price", () => {
  it("waits for the next invoice with what the rest of the period costs more", async () => {
    const { id, item } = await halfway();
    const dearer = await priceOf(7900);
    const items = [{ id: item.id, price: dearer.id }];
    const preview = await shop.stripe.invoices.createPreview({
      subscription: id,
      subscription_details: { items },
    });
    expect(amounts(preview)).toEqual([-1950, 3950, 7900]);
    expect(preview.id).toMatch(/^upcoming_in_/);
    const after = await shop.stripe.subscriptions.update(id, { items });
    expect(after.items.data[0]).toMatchObject({
      price: { id: dearer.id },
      current_period_end: item.current_period_end,
    });
    await shop.emulator.settled();
    expect(shop.heard().slice(-3)).toEqual([
      "customer.subscription.updated",
      "invoiceitem.created",
      "invoiceitem.created",
    ]);
    await shop.emulator.clock.set((item.current_period_end + 2 * 3600) * 1000);
    const { invoice } = await latest(id);
    expect(amounts(invoice)).toEqual([-1950, 3950, 7900]);
    expect(invoice).toMatchObject({ status: "paid", total: 9900, amount_paid: 9900 });
    const next = await shop.stripe.invoices.createPreview({ subscription: id });
    expect(amounts(next)).toEqual([7900]);
    await shop.stripe.subscriptions.cancel(id);
  });

  it("is charged at once when told to, and not at all with none", async () => {
    const { id, item } = await halfway();
    const dearer = await priceOf(7900);
    await shop.stripe.subscriptions.update(id, {
      items: [{ id: item.id, price: dearer.id }],
      proration_behavior: "always_invoice",
    });
    const { invoice } = await latest(id);
    expect(invoice).toMatchObject({ status: "paid", total: 2000, billing_reason: "subscription_update" });
    await shop.stripe.subscriptions.update(id, {
      items: [{ id: item.id, quantity: 2 }],
      proration_behavior: "none",
    });
    expect((await latest(id)).invoice.id).toBe(invoice.id);
    expect(amounts(await shop.stripe.invoices.createPreview({ subscription: id }))).toEqual([15_800]);
    await shop.stripe.subscriptions.cancel(id);
  });

  it("gives back as credit, which pays the next invoices first", async () => {
    const { id, item, customer } = await halfway();
    const cheaper = await priceOf(900);
    await shop.stripe.subscriptions.update(id, {
      items: [{ id: item.id, price: cheaper.id }],
      proration_behavior: "always_invoice",
    });
    const { invoice } = await latest(id);
    expect(invoice).toMatchObject({ status: "paid", total: -1500, amount_due: 0, amount_paid: 0 });
    expect(await shop.stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -1500 });
    await shop.emulator.clock.set((item.current_period_end + 2 * 3600) * 1000);
    expect((await latest(id)).invoice).toMatchObject({ status: "paid", total: 900, amount_due: 0 });
    expect(await shop.stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -600 });
    expect((await shop.stripe.charges.list({ customer: customer.id })).data).toHaveLength(1);
    await shop.stripe.subscriptions.cancel(id);
  });

  it("to another interval begins a new period now, less what was not used", async () => {
    const { id, item } = await halfway();
    const yearly = await priceOf(39_000, "year");
    await shop.stripe.subscriptions.update(id, { items: [{ id: item.id, price: yearly.id }] });
    const { row, invoice } = await latest(id);
    expect(amounts(invoice)).toEqual([-1950, 39_000]);
    expect(invoice.status).toBe("paid");
    const now = Math.floor(shop.emulator.clock.now() / 1000);
    expect(row.items.data[0]).toMatchObject({ current_period_start: now });
    expect(row.billing_cycle_anchor).toBe(now);
    await shop.stripe.subscriptions.cancel(id);
  });

  it("in a trial costs nothing until the trial ends", async () => {
    const { subscription } = await buy(shop, { subscription_data: { trial_period_days: 5 } });
    const dearer = await priceOf(7900);
    const item = String(subscription.items.data[0]?.id);
    const after = await shop.stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, price: dearer.id }],
    });
    expect(after).toMatchObject({ status: "trialing", trial_end: subscription.trial_end });
    await shop.emulator.clock.advance(5 * DAY + HOUR);
    expect((await latest(subscription.id)).invoice).toMatchObject({ status: "paid", total: 7900 });
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("is refused for what is not there or not covered; nothing comes after the end", async () => {
    const { id, item } = await halfway();
    const { subscriptions, invoices } = shop.stripe;
    const no = subscriptions.update(id, { items: [{ id: item.id, price: "price_none" }] });
    expect((await refusal(no)).code).toBe("resource_missing");
    const added = subscriptions.update(id, { items: [{ price: item.price.id }] });
    expect((await refusal(added)).message).toContain("does not cover");
    await subscriptions.update(id, { cancel_at_period_end: true });
    const preview = invoices.createPreview({ subscription: id });
    expect((await refusal(preview)).code).toBe("invoice_upcoming_none");
    await subscriptions.cancel(id);
  });
});
