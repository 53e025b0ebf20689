import { describe, expect, it } from "vitest";
import { amounts, planShop } from "../../test/plan-shop.ts";
import { HOUR } from "../../test/shop.ts";

const t = planShop();

describe("an immediate cancellation", () => {
  it("gives the rest back as credit when it is told to, settled at once or later", async () => {
    const { id } = await t.halfway();
    const heard = await t.since(() =>
      t.shop.stripe.subscriptions.cancel(id, { prorate: true, invoice_now: true }),
    );
    expect(heard).toEqual([
      "invoiceitem.created",
      "customer.subscription.deleted",
      "invoice.created",
      "customer.updated",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
    ]);
    expect(await t.latest(id)).toMatchObject({ total: -1500, amount_due: 0, status: "paid" });
    expect(await t.shop.stripe.customers.retrieve(t.customer.id)).toMatchObject({ balance: -1500 });

    const other = await t.halfway();
    expect(await t.since(() => t.shop.stripe.subscriptions.cancel(other.id, { prorate: true }))).toEqual([
      "invoiceitem.created",
      "customer.subscription.deleted",
    ]);
    const { data } = await t.shop.stripe.invoiceItems.list({ customer: t.customer.id, pending: true });
    expect(data.map(({ amount }) => amount)).toEqual([-1500]);
    const last = await t.shop.stripe.invoices.create({
      customer: t.customer.id,
      pending_invoice_items_behavior: "include",
    });
    expect(amounts(last)).toEqual([-1500]);
  });

  it("drops prorations that wait otherwise, but no item made by hand", async () => {
    const { id, item } = await t.halfway();
    await t.shop.stripe.subscriptions.update(id, { items: [{ id: item.id, quantity: 2 }] });
    await t.shop.stripe.invoiceItems.create({
      customer: t.customer.id,
      subscription: id,
      amount: 70,
      currency: "sek",
    });
    expect(await t.since(() => t.shop.stripe.subscriptions.cancel(id))).toEqual([
      "customer.subscription.deleted",
    ]);
    const { data } = await t.shop.stripe.invoiceItems.list({ customer: t.customer.id });
    expect(data.map(({ amount }) => amount)).toEqual([70]);
  });

  it("at the end of the period leaves nothing unpaid that waits", async () => {
    const { id, item } = await t.halfway();
    await t.shop.stripe.subscriptions.update(id, {
      items: [{ id: item.id, quantity: 2 }],
      cancel_at_period_end: true,
    });
    const left = item.current_period_end * 1000 - t.shop.emulator.clock.now();
    expect(await t.pass(left)).toEqual(["customer.subscription.deleted", "invoice.created"]);
    await t.shop.emulator.clock.advance(2 * HOUR);
    const [invoice] = (await t.shop.stripe.invoices.list({ subscription: id })).data;
    expect(invoice).toMatchObject({ status: "paid", total: 1500 });
  });
});
