import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { amounts, planShop } from "../../test/plan-shop.ts";
import { refusal } from "../../test/shop.ts";

const t = planShop();
const draft = () => t.shop.stripe.invoices.create({ customer: t.customer.id, currency: "sek" });

describe("the lines of a draft", () => {
  it("are added, changed and removed, and the sums with them", async () => {
    const { invoices, invoiceItems } = t.shop.stripe;
    const waiting = await invoiceItems.create({ customer: t.customer.id, amount: 70, currency: "sek" });
    const { id } = await draft();
    const added = await invoices.addLines(id, {
      lines: [{ amount: 500, description: "Help" }, { invoice_item: waiting.id }],
      invoice_metadata: { order: "7" },
    });
    expect(added).toMatchObject({ total: 570, metadata: { order: "7" } });
    const [first, second] = added.lines.data as [Stripe.InvoiceLineItem, Stripe.InvoiceLineItem];
    const changed = await invoices.updateLineItem(id, first.id, { description: "More help", quantity: 2 });
    expect(changed).toMatchObject({ id: first.id, amount: 1000, description: "More help" });
    const updated = await invoices.updateLines(id, { lines: [{ id: first.id, amount: 900 }] });
    expect(amounts(updated)).toEqual([900, 70]);
    const freed = await invoices.removeLines(id, { lines: [{ id: second.id, behavior: "unassign" }] });
    expect(freed.total).toBe(900);
    expect((await invoiceItems.retrieve(waiting.id)).invoice).toBeNull();
    const empty = await invoices.removeLines(id, { lines: [{ id: first.id, behavior: "delete" }] });
    expect(empty).toMatchObject({ total: 0, lines: { data: [] } });
    expect((await invoices.listLineItems(id)).data).toEqual([]);
  });

  it("are all changed or none, and none once the invoice is final", async () => {
    const { invoices } = t.shop.stripe;
    const { id } = await draft();
    const half = invoices.addLines(id, { lines: [{ amount: 500 }, { invoice_item: "ii_none" }] });
    expect((await refusal(half)).code).toBe("resource_missing");
    expect((await invoices.retrieve(id)).total).toBe(0);
    expect((await t.shop.stripe.invoiceItems.list({ customer: t.customer.id })).data).toEqual([]);
    await invoices.addLines(id, { lines: [{ amount: 500 }] });
    await invoices.finalizeInvoice(id);
    const late = invoices.addLines(id, { lines: [{ amount: 500 }] });
    expect((await refusal(late)).code).toBe("invoice_not_editable");
  });
});

describe("an item of a subscription on a test clock", () => {
  it("is changed at that clock's time", async () => {
    const { stripe } = t.shop;
    const frozen_time = t.now() - 100 * 86_400;
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time });
    const { id } = await stripe.customers.create({
      test_clock: clock.id,
      payment_method: "pm_card_visa",
      invoice_settings: { default_payment_method: "pm_card_visa" },
    });
    const { items } = await t.subscribe({ customer: id });
    await stripe.subscriptionItems.update(String(items.data[0]?.id), { quantity: 2 });
    const { data } = await stripe.invoiceItems.list({ customer: id });
    expect(data.map(({ amount, date }) => [amount, date])).toEqual([
      [6000, frozen_time],
      [-3000, frozen_time],
    ]);
    await stripe.testHelpers.testClocks.del(clock.id);
  });
});
