import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buy, DAY, HOUR, makePrice, openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
let customer: Stripe.Customer;
beforeAll(async () => {
  shop = await openShop({ settings: { invoicePaymentDelay: [1, 1] } });
});
beforeEach(async () => {
  await shop.emulator.clock.advance(1000); // the last `invoice_payment.paid` of the test before
  customer = await shop.stripe.customers.create({
    email: "ada@example.com",
    payment_method: "pm_card_visa",
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
});
afterAll(() => shop.close());

const owe = (amount: number, params: Partial<Stripe.InvoiceItemCreateParams> = {}) =>
  shop.stripe.invoiceItems.create({ customer: customer.id, amount, currency: "sek", ...params });
const draft = (params: Stripe.InvoiceCreateParams = {}) =>
  shop.stripe.invoices.create({
    customer: customer.id,
    pending_invoice_items_behavior: "include",
    ...params,
  });
const now = () => Math.floor(shop.emulator.clock.now() / 1000);

async function since(work: () => Promise<unknown>): Promise<string[]> {
  await shop.emulator.settled();
  shop.heard();
  await work();
  await shop.emulator.settled();
  return shop.heard();
}
const pass = (ms: number) => since(() => shop.emulator.clock.advance(ms));

describe("an invoice item", () => {
  it("waits for an invoice that takes it along, and only for one in its currency", async () => {
    let item = await owe(2000, { description: "Setup", metadata: { a: "1" } });
    await owe(900, { currency: "usd" });
    expect(item).toMatchObject({
      amount: 2000,
      currency: "sek",
      invoice: null,
      proration: false,
      parent: null,
    });
    const empty = await shop.stripe.invoices.create({ customer: customer.id, currency: "sek" });
    expect(empty).toMatchObject({ total: 0, lines: { data: [] } });
    const invoice = await draft({ currency: "sek" });
    expect(invoice).toMatchObject({ total: 2000, amount_due: 2000, parent: null, billing_reason: "manual" });
    expect(invoice).toMatchObject({ status: "draft", auto_advance: false, currency: "sek" });
    expect(invoice.lines.data[0]).toMatchObject({ description: "Setup", metadata: { a: "1" } });
    item = await shop.stripe.invoiceItems.retrieve(item.id);
    expect(item.invoice).toBe(invoice.id);
    const pending = await shop.stripe.invoiceItems.list({ customer: customer.id, pending: true });
    expect(pending.data.map(({ currency }) => currency)).toEqual(["usd"]);
  });

  it("goes into a draft at once, changes there, and leaves it again", async () => {
    const invoice = await draft();
    const price = await shop.stripe.prices.create({
      currency: "sek",
      unit_amount: 500,
      product_data: { name: "Sticker" },
    });
    const heard = await since(() =>
      shop.stripe.invoiceItems.create({
        customer: customer.id,
        invoice: invoice.id,
        pricing: { price: price.id },
        quantity: 3,
      }),
    );
    expect(heard).toEqual(["invoiceitem.created", "invoice.updated"]);
    const [item] = (await shop.stripe.invoiceItems.list({ invoice: invoice.id })).data;
    expect(item).toMatchObject({ amount: 1500, quantity: 3, description: "Sticker" });
    await shop.stripe.invoiceItems.update(String(item?.id), { quantity: 2 });
    const changed = await shop.stripe.invoices.retrieve(invoice.id);
    expect(changed).toMatchObject({ total: 1000, amount_due: 1000, lines: { data: [{ quantity: 2 }] } });
    expect(await since(() => shop.stripe.invoiceItems.del(String(item?.id)))).toEqual([
      "invoiceitem.deleted",
      "invoice.updated",
    ]);
    expect((await shop.stripe.invoices.retrieve(invoice.id)).total).toBe(0);
  });

  it("of a subscription goes into its renewal, one of its customer too", async () => {
    const { subscription, customer: buyer } = await buy(shop);
    const of = (amount: number, params = {}) =>
      shop.stripe.invoiceItems.create({ customer: buyer.id, amount, currency: "sek", ...params });
    await of(100, { subscription: subscription.id });
    await of(-30);
    const end = Number(subscription.items.data[0]?.current_period_end);
    await shop.emulator.clock.set((end + 1) * 1000);
    const [renewal] = (await shop.stripe.invoices.list({ subscription: subscription.id })).data;
    expect(renewal?.lines.data.map(({ amount }) => amount)).toEqual([100, -30, 3900]);
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("is refused without an amount, with two, at a recurring price, and once its invoice is fixed", async () => {
    const { stripe } = shop;
    const none = await refusal(stripe.invoiceItems.create({ customer: customer.id }));
    expect(none).toMatchObject({ code: "parameter_missing", param: "amount" });
    const recurring = await makePrice(shop);
    const wrong = await refusal(owe(1, { pricing: { price: recurring.id } }));
    expect(wrong.code).toBe("parameters_exclusive");
    const again = stripe.invoiceItems.create({ customer: customer.id, pricing: { price: recurring.id } });
    expect((await refusal(again)).message).toContain("type=one_time");
    const old = stripe.invoiceItems.create({
      customer: customer.id,
      price: recurring.id,
    } as Stripe.InvoiceItemCreateParams);
    expect(await refusal(old)).toMatchObject({ code: "parameter_unknown", param: "price" });
    const item = await owe(2000);
    const invoice = await draft();
    await stripe.invoices.finalizeInvoice(invoice.id);
    expect((await refusal(stripe.invoiceItems.del(item.id))).code).toBe("invoice_not_editable");
    expect((await refusal(owe(1, { invoice: invoice.id }))).code).toBe("invoice_not_editable");
    expect((await stripe.invoiceItems.list({ customer: customer.id })).data).toHaveLength(1);
  });
});

describe("an invoice made by hand", () => {
  it("stays a draft, is finalized and paid on demand", async () => {
    await owe(2000);
    let invoice = await draft({ description: "For you", metadata: { order: "7" } });
    expect(await pass(4 * DAY)).not.toContain("invoice.finalized");
    const finalized = await since(() => shop.stripe.invoices.finalizeInvoice(invoice.id));
    expect(finalized).toEqual(["invoice.finalized", "payment_intent.created"]);
    invoice = await shop.stripe.invoices.retrieve(invoice.id, { expand: ["confirmation_secret"] });
    expect(invoice).toMatchObject({ status: "open", auto_advance: false, next_payment_attempt: null });
    expect(invoice.confirmation_secret?.client_secret).toContain("_secret_");
    expect(await pass(DAY)).toEqual([]);
    expect(await since(() => shop.stripe.invoices.pay(invoice.id))).toEqual([
      "payment_intent.succeeded",
      "charge.succeeded",
      "invoice.updated",
      "invoice.paid",
      "invoice.payment_succeeded",
    ]);
    expect(await pass(1000)).toEqual(["invoice_payment.paid"]);
    invoice = await shop.stripe.invoices.retrieve(invoice.id);
    expect(invoice).toMatchObject({ status: "paid", amount_paid: 2000, description: "For you" });
    const { data } = await shop.stripe.charges.list({ customer: customer.id });
    expect(data.map(({ amount }) => amount)).toEqual([2000]);
  });

  it("that advances by itself is charged an hour later, and tried again when that fails", async () => {
    await owe(2000);
    const invoice = await draft({ auto_advance: true });
    expect(invoice.automatically_finalizes_at).toBe(now() + 3600);
    await shop.emulator.settled();
    expect((await pass(HOUR)).slice(0, 2)).toEqual(["invoice.finalized", "payment_intent.created"]);
    expect((await shop.stripe.invoices.retrieve(invoice.id)).status).toBe("paid");

    const method = await shop.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: customer.id,
    });
    await owe(500);
    const second = await draft({ auto_advance: true, default_payment_method: method.id });
    await shop.emulator.settled();
    expect((await pass(HOUR)).slice(-2)).toEqual(["invoice.updated", "invoice.payment_failed"]);
    const failed = await shop.stripe.invoices.retrieve(second.id);
    expect(failed).toMatchObject({ status: "open", attempt_count: 1 });
    expect(failed.next_payment_attempt).toBe(now() + 3 * 86_400);
    await shop.stripe.invoices.update(second.id, { auto_advance: false });
    expect(await pass(4 * DAY)).not.toContain("invoice.payment_failed");
  });

  it("tells of a refused card, and of a challenge, with 402", async () => {
    for (const [token, type] of [
      ["pm_card_chargeCustomerFail", "invoice.payment_failed"],
      ["pm_card_threeDSecure2Required", "invoice.payment_action_required"],
    ] as const) {
      const method = await shop.stripe.paymentMethods.attach(token, { customer: customer.id });
      await owe(2000);
      const invoice = await draft();
      let refused: Stripe.errors.StripeError | undefined;
      const heard = await since(async () => {
        refused = await refusal(shop.stripe.invoices.pay(invoice.id, { payment_method: method.id }));
      });
      expect(refused).toMatchObject({ statusCode: 402, rawType: "card_error" });
      expect(heard).toContain(type);
      expect(await shop.stripe.invoices.retrieve(invoice.id)).toMatchObject({
        status: "open",
        attempted: true,
        next_payment_attempt: null,
      });
      expect((await shop.stripe.invoices.voidInvoice(invoice.id)).status).toBe("void");
    }
  });

  it("of nothing is paid as it is finalized; credit of the customer counts, and what is given back is credit", async () => {
    await owe(-500);
    const credit = await draft();
    expect(await shop.stripe.invoices.finalizeInvoice(credit.id)).toMatchObject({
      status: "paid",
      total: -500,
      amount_due: 0,
      ending_balance: -500,
    });
    await owe(2000);
    const invoice = await draft();
    const paid = await shop.stripe.invoices.pay(invoice.id);
    expect(paid).toMatchObject({ total: 2000, amount_due: 1500, amount_paid: 1500, starting_balance: -500 });
    const { data } = await shop.stripe.customers.listBalanceTransactions(customer.id);
    expect(data).toMatchObject([
      { amount: 500, ending_balance: 0, type: "applied_to_invoice", invoice: invoice.id },
      { amount: -500, ending_balance: -500, invoice: credit.id },
    ]);
  });

  it("is deleted with its items while it is a draft, and changes no more when it is finalized", async () => {
    const item = await owe(2000);
    const gone = await draft();
    expect(await since(() => shop.stripe.invoices.del(gone.id))).toEqual(["invoice.deleted"]);
    expect((await refusal(shop.stripe.invoices.retrieve(gone.id))).statusCode).toBe(404);
    expect((await refusal(shop.stripe.invoiceItems.retrieve(item.id))).statusCode).toBe(404);
    await owe(700);
    const invoice = await draft();
    const update = (params: Stripe.InvoiceUpdateParams) => shop.stripe.invoices.update(invoice.id, params);
    expect(await since(() => update({ metadata: { foo: "bar" } }))).toEqual(["invoice.updated"]);
    await shop.stripe.invoices.finalizeInvoice(invoice.id);
    expect((await update({ description: "later" })).description).toBe("later");
    const fixed = await refusal(update({ collection_method: "send_invoice", days_until_due: 3 }));
    expect(fixed.code).toBe("invoice_not_editable");
    expect((await refusal(shop.stripe.invoices.del(invoice.id))).code).toBe("invoice_not_editable");
    const { data } = await shop.stripe.invoices.list({ customer: customer.id, status: "open" });
    expect(data.map(({ id }) => id)).toEqual([invoice.id]);
  });

  it("for a subscription takes only what waits for it, and leaves it alone when it is not paid", async () => {
    const { subscription, customer: buyer } = await buy(shop);
    await shop.stripe.invoiceItems.create({
      customer: buyer.id,
      subscription: subscription.id,
      amount: 1000,
      currency: "sek",
    });
    const invoice = await shop.stripe.invoices.create({
      subscription: subscription.id,
      pending_invoice_items_behavior: "include",
    });
    expect(invoice).toMatchObject({ total: 1000, billing_reason: "manual", customer: buyer.id });
    expect(invoice.parent?.subscription_details?.subscription).toBe(subscription.id);
    const refused = shop.stripe.invoices.pay(invoice.id, { payment_method: "pm_card_chargeCustomerFail" });
    expect((await refusal(refused)).statusCode).toBe(402);
    expect((await shop.stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
    await shop.stripe.subscriptions.cancel(subscription.id);
  });
});

describe("an invoice that is sent", () => {
  it("is not charged by itself; it is overdue when its date has passed, and can still be paid", async () => {
    await owe(2000);
    const invoice = await draft({ collection_method: "send_invoice", days_until_due: 7 });
    expect(invoice).toMatchObject({
      collection_method: "send_invoice",
      due_date: invoice.created + 7 * 86_400,
    });
    expect(await since(() => shop.stripe.invoices.sendInvoice(invoice.id))).toEqual([
      "invoice.finalized",
      "payment_intent.created",
      "invoice.sent",
    ]);
    expect(await pass(7 * DAY - 1000)).toEqual([]);
    expect(await pass(1000)).toEqual(["invoice.overdue"]);
    expect((await shop.stripe.charges.list({ customer: customer.id })).data).toEqual([]);
    expect((await shop.stripe.invoices.pay(invoice.id, { paid_out_of_band: true })).status).toBe("paid");
    const { data } = await shop.stripe.invoices.list({
      customer: customer.id,
      collection_method: "send_invoice",
      due_date: { lte: now() },
    });
    expect(data.map(({ id }) => id)).toEqual([invoice.id]);
  });

  it("goes out by itself an hour after it was made, when it advances", async () => {
    await owe(2000);
    await draft({ collection_method: "send_invoice", days_until_due: 1, auto_advance: true });
    await shop.emulator.settled();
    expect(await pass(HOUR)).toEqual(["invoice.finalized", "invoice.sent"]);
  });

  it("must say when it is due, and only it can be sent", async () => {
    const none = await refusal(draft({ collection_method: "send_invoice" }));
    expect(none).toMatchObject({ param: "days_until_due", statusCode: 400 });
    expect((await refusal(draft({ days_until_due: 3 }))).param).toBe("days_until_due");
    const past = draft({ collection_method: "send_invoice", due_date: now() - 1 });
    expect((await refusal(past)).message).toContain("in the future");
    const plain = await draft();
    expect((await refusal(shop.stripe.invoices.sendInvoice(plain.id))).message).toContain("send_invoice");
    expect((await shop.stripe.invoices.list({ customer: customer.id })).data).toHaveLength(1);
  });
});
