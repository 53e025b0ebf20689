import type Stripe from "stripe";
import { afterEach, describe, expect, it } from "vitest";
import { DAY, HOUR, makePrice, openShop, type Shop } from "../../test/shop.ts";

let shop: Shop;
afterEach(() => shop.close());

const now = () => Math.floor(shop.emulator.clock.now() / 1000);
const read = (id: string) => shop.stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });

async function pass(ms: number): Promise<string[]> {
  await shop.emulator.settled();
  shop.heard();
  await shop.emulator.clock.advance(ms);
  await shop.emulator.settled();
  return shop.heard();
}

/** A monthly subscription that was paid once and whose card fails from now on, an hour before its renewal is charged. */
async function failing(options: Parameters<typeof openShop>[0] = {}): Promise<Stripe.Subscription> {
  shop = await openShop(options);
  const customer = await shop.stripe.customers.create({
    payment_method: "pm_card_visa",
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
  const price = await makePrice(shop);
  const subscription = await shop.stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  const bad = await shop.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
    customer: customer.id,
  });
  await shop.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: bad.id } });
  const end = Number(subscription.items.data[0]?.current_period_end);
  await pass(end * 1000 - shop.emulator.clock.now());
  return subscription;
}

describe("a renewal that keeps failing", () => {
  it("is tried again on the days that are set, and pauses the subscription after the last one if told to", async () => {
    const { id } = await failing({ settings: { retryDays: [1, 2], afterLastRetry: "pause" } });
    expect((await pass(HOUR)).slice(-3)).toEqual([
      "invoice.updated",
      "invoice.payment_failed",
      "customer.subscription.updated",
    ]);
    const first = (await read(id)).latest_invoice as Stripe.Invoice;
    expect(first).toMatchObject({ attempt_count: 1, next_payment_attempt: now() + 86_400 });
    expect(await pass(DAY)).toContain("invoice.payment_failed");
    expect((await read(id)).status).toBe("past_due");
    expect((await pass(2 * DAY)).filter((type) => /subscription/.test(type))).toEqual([
      "customer.subscription.updated",
      "customer.subscription.paused",
    ]);
    const paused = await read(id);
    expect(paused).toMatchObject({
      status: "paused",
      status_details: { paused: { subscription: { type: "final_payment_failure" } } },
      latest_invoice: { status: "open", attempt_count: 3, auto_advance: false, next_payment_attempt: null },
    });
    expect(await pass(60 * DAY)).toEqual([]);
    await shop.stripe.invoices.pay(first.id, { paid_out_of_band: true });
    expect((await read(id)).status).toBe("paused");
    const customer = String(paused.customer);
    const good = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer });
    await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: good.id } });
    expect((await shop.stripe.subscriptions.resume(id)).status).toBe("active");
  });

  it("leaves new invoices drafts once it is unpaid; the latest one decides, and void ones do not count", async () => {
    const { id } = await failing({ settings: { retryDays: [1], afterLastRetry: "unpaid" } });
    await pass(HOUR + DAY);
    expect((await read(id)).status).toBe("unpaid");
    await pass(31 * DAY);
    const next = (await read(id)).latest_invoice as Stripe.Invoice;
    expect(next).toMatchObject({ status: "draft", auto_advance: false, next_payment_attempt: null });
    expect(await pass(5 * DAY)).toEqual([]);
    const { data } = await shop.stripe.invoices.list({ subscription: id, status: "open" });
    const older = data[0] as Stripe.Invoice;
    await shop.stripe.invoices.pay(older.id, { payment_method: "pm_card_visa" });
    expect((await read(id)).status).toBe("unpaid");
    await shop.stripe.invoices.finalizeInvoice(next.id);
    await shop.stripe.invoices.voidInvoice(next.id);
    expect((await read(id)).status).toBe("active");
  });

  it("stays behind for good if nothing is to follow the last try, whatever is paid beside it", async () => {
    const { id, customer: owner } = await failing({
      settings: { retryDays: [], afterLastRetry: "past_due" },
    });
    const customer = String(owner);
    await pass(HOUR);
    expect(await read(id)).toMatchObject({
      status: "past_due",
      latest_invoice: { attempt_count: 1, next_payment_attempt: null },
    });
    expect(await pass(20 * DAY)).toEqual([]);
    await shop.stripe.invoiceItems.create({ customer, subscription: id, amount: 500, currency: "sek" });
    const other = await shop.stripe.invoices.create({
      subscription: id,
      pending_invoice_items_behavior: "include",
    });
    await shop.stripe.invoices.pay(other.id, { paid_out_of_band: true });
    expect((await read(id)).status).toBe("past_due");
  });
});

describe("a renewal that is announced", () => {
  it("is told once, without an id, on the day that is set; not when nothing will come", async () => {
    shop = await openShop({ settings: { upcomingDays: 3, invoicePaymentDelay: [1, 1] } });
    const customer = await shop.stripe.customers.create({
      payment_method: "pm_card_visa",
      invoice_settings: { default_payment_method: "pm_card_visa" },
    });
    const price = await makePrice(shop);
    const { id, items } = await shop.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    });
    const end = Number(items.data[0]?.current_period_end);
    await pass(1000);
    expect(await pass((end - 3 * 86_400) * 1000 - 1000 - shop.emulator.clock.now())).toEqual([]);
    expect(await pass(1000)).toEqual(["invoice.upcoming"]);
    const told = shop.received.findLast(({ type }) => type === "invoice.upcoming")?.data
      .object as Stripe.Invoice;
    expect(told).toMatchObject({
      object: "invoice",
      amount_due: 3900,
      billing_reason: "upcoming",
      customer: customer.id,
    });
    expect("id" in told).toBe(false);
    expect(await pass(3 * DAY)).toEqual(["customer.subscription.updated", "invoice.created"]);
    await pass(DAY);
    await shop.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    expect(await pass(40 * DAY)).toEqual(["customer.subscription.deleted"]);
  });
});
