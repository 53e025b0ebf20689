import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy, DAY, HOUR, makePrice, openShop, refusal, type Shop } from "../../test/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const WITH_TRIAL = { subscription_data: { trial_period_days: 5 } };
const read = (id: string, from = shop) =>
  from.stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
const TYPED = { cardExpiry: "12 / 40", cardCvc: "123", billingName: "Ada", billingCountry: "SE" };

async function since(work: () => Promise<unknown>): Promise<string[]> {
  await shop.emulator.settled();
  shop.heard();
  await work();
  await shop.emulator.settled();
  return shop.heard();
}

/** A subscription whose first renewal failed with this card. */
async function behind(card: string, from = shop) {
  const bought = await buy(from, { ...WITH_TRIAL, card });
  await from.emulator.clock.advance(5 * DAY + HOUR);
  await from.emulator.settled();
  const subscription = await read(bought.subscription.id, from);
  expect(subscription.status).toBe("past_due");
  return { ...bought, subscription, invoice: subscription.latest_invoice as Stripe.Invoice };
}

const press = (path: string, fields: Record<string, string> = {}) =>
  fetch(path.startsWith("http") ? path : `${shop.emulator.url}${path}`, {
    method: "POST",
    body: new URLSearchParams(fields),
  });

describe("a subscription that is behind", () => {
  it("recovers at once when the portal gets a good card", async () => {
    const { subscription, customer } = await behind("4000000000000341");
    const portal = await shop.stripe.billingPortal.sessions.create({ customer: customer.id });
    const heard = await since(() =>
      press(`${portal.url}/card`, { ...TYPED, cardNumber: "4242424242424242" }),
    );
    expect(heard.slice(-5)).toEqual([
      "charge.succeeded",
      "invoice.updated",
      "invoice.paid",
      "invoice.payment_succeeded",
      "customer.subscription.updated",
    ]);
    expect(await read(subscription.id)).toMatchObject({
      status: "active",
      latest_invoice: { status: "paid" },
    });
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("recovers when its invoice is paid through the API; a refused try stays on record", async () => {
    const { subscription, invoice, customer } = await behind("4000000000000341");
    const refused = await refusal(shop.stripe.invoices.pay(invoice.id));
    expect(refused).toMatchObject({ statusCode: 402, code: "card_declined" });
    const { data: charges } = await shop.stripe.charges.list({ customer: customer.id });
    expect(charges.map(({ status }) => status)).toEqual(["failed", "failed"]);
    expect(await shop.stripe.invoices.retrieve(invoice.id)).toMatchObject({
      attempt_count: 1,
      next_payment_attempt: invoice.next_payment_attempt,
    });
    const paid = await shop.stripe.invoices.pay(invoice.id, { payment_method: "pm_card_visa" });
    // Only retries of the schedule count after the first attempt.
    expect(paid).toMatchObject({ status: "paid", attempt_count: 1 });
    expect((await read(subscription.id)).status).toBe("active");
    expect((await refusal(shop.stripe.invoices.pay(invoice.id))).code).toBe("invoice_already_paid");
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("is healed by giving the invoice up, and by paying out of band, without money", async () => {
    for (const heal of [
      (id: string) => shop.stripe.invoices.markUncollectible(id),
      (id: string) => shop.stripe.invoices.pay(id, { paid_out_of_band: true }),
    ]) {
      const { subscription, invoice } = await behind("4000000000000341");
      const heard = await since(() => heal(invoice.id));
      expect(heard.at(-1)).toBe("customer.subscription.updated");
      expect(heard).not.toContain("charge.succeeded");
      expect((await read(subscription.id)).status).toBe("active");
      await shop.stripe.subscriptions.cancel(subscription.id);
    }
  });

  it("looks at the invoice before when the last one is void", async () => {
    const { subscription, invoice } = await behind("4000000000000341");
    expect(await since(() => shop.stripe.invoices.voidInvoice(invoice.id))).toEqual([
      "payment_intent.canceled",
      "invoice.voided",
      "customer.subscription.updated",
    ]);
    expect((await read(subscription.id)).status).toBe("active");
    expect((await refusal(shop.stripe.invoices.pay(invoice.id))).code).toBe("invoice_not_editable");
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("does not try a card again that nobody confirmed, but counts", async () => {
    const { subscription, invoice } = await behind("4000002760003184");
    const heard = await since(() => shop.emulator.clock.advance(3 * DAY + HOUR));
    expect(heard).toEqual(["invoice.updated"]);
    expect(await shop.stripe.invoices.retrieve(invoice.id)).toMatchObject({
      attempt_count: 2,
      status: "open",
    });
    await shop.emulator.clock.advance(13 * DAY);
    expect(await read(subscription.id)).toMatchObject({
      status: "canceled",
      cancellation_details: { reason: "payment_failed" },
    });
  });

  it("does not try a card again that was refused for good, until there is another", async () => {
    const { stripe } = shop;
    const customer = await stripe.customers.create({ payment_method: "pm_card_visa_chargeDeclinedLostCard" });
    const [lost] = (await stripe.paymentMethods.list({ customer: customer.id })).data;
    const price = await makePrice(shop);
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 1,
      default_payment_method: String(lost?.id),
    });
    await shop.emulator.clock.advance(DAY + 2 * HOUR);
    await shop.emulator.clock.advance(3 * DAY);
    const charges = async () => (await stripe.charges.list({ customer: customer.id })).data.length;
    expect(await charges()).toBe(1);
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await stripe.subscriptions.update(id, { default_payment_method: good.id });
    await shop.emulator.clock.advance(5 * DAY);
    expect(await charges()).toBe(2);
    expect(await read(id)).toMatchObject({ status: "active", latest_invoice: { status: "paid" } });
    await stripe.subscriptions.cancel(id);
  });

  it("stays unpaid where the settings say so, with drafts, until the last invoice is paid", async () => {
    const other = await openShop({ settings: { afterLastRetry: "unpaid", retryDays: [1] } });
    const { subscription, invoice } = await behind("4000000000000341", other);
    await other.emulator.clock.advance(2 * DAY);
    expect((await read(subscription.id, other)).status).toBe("unpaid");
    await other.emulator.clock.advance(31 * DAY);
    const drafted = await read(subscription.id, other);
    expect(drafted).toMatchObject({ status: "unpaid", latest_invoice: { status: "draft" } });
    await other.stripe.invoices.pay(invoice.id, { payment_method: "pm_card_visa" });
    expect((await read(subscription.id, other)).status).toBe("unpaid");
    const latest = drafted.latest_invoice as Stripe.Invoice;
    await other.stripe.invoices.pay(latest.id, { payment_method: "pm_card_visa" });
    expect((await read(subscription.id, other)).status).toBe("active");
    await other.close();
  });
});

describe("a subscription that is incomplete", () => {
  it("becomes active when its first invoice is paid, also after 3-D Secure on the hosted page", async () => {
    const { stripe } = shop;
    for (const token of ["pm_card_visa", "pm_card_authenticationRequired"]) {
      const customer = await stripe.customers.create({ payment_method: token });
      const [method] = (await stripe.paymentMethods.list({ customer: customer.id })).data;
      const price = await makePrice(shop);
      const made = await stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        default_payment_method: String(method?.id),
        payment_behavior: "default_incomplete",
      });
      expect(made.status).toBe("incomplete");
      await press(`/invoices/${String(made.latest_invoice)}/pay-saved`);
      await press(`/invoices/${String(made.latest_invoice)}/challenge`, { answer: "complete" });
      expect((await read(made.id)).status).toBe("active");
      await shop.emulator.clock.advance(24 * HOUR);
      expect((await read(made.id)).status).toBe("active");
      await stripe.subscriptions.cancel(made.id);
    }
  });

  it("is over for good after 23 hours, its invoice void and no longer to be paid", async () => {
    const { stripe } = shop;
    const customer = await stripe.customers.create({ payment_method: "pm_card_visa" });
    const price = await makePrice(shop);
    const made = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      payment_behavior: "default_incomplete",
    });
    const heard = await since(() => shop.emulator.clock.advance(23 * HOUR));
    expect(heard).toEqual(["customer.subscription.updated", "payment_intent.canceled", "invoice.voided"]);
    expect(await read(made.id)).toMatchObject({
      status: "incomplete_expired",
      latest_invoice: { status: "void" },
    });
    expect(await (await press(`/invoices/${String(made.latest_invoice)}/pay-saved`)).text()).toContain(
      "Void",
    );
  });
});

describe("the hosted invoice page", () => {
  it("lets a customer pass 3-D Secure for a renewal", async () => {
    const { subscription, invoice } = await behind("4000002760003184");
    const page = await (await fetch(String(invoice.hosted_invoice_url))).text();
    expect(page).toContain('id="pay-saved"');
    const bank = await press(`/invoices/${invoice.id}/pay-saved`);
    expect(bank.url).toContain("/challenge");
    expect(await bank.text()).toContain("complete-authentication");
    const failed = await press(`/invoices/${invoice.id}/challenge`, { answer: "fail" });
    expect(await failed.text()).toContain("Nothing was charged");
    await press(`/invoices/${invoice.id}/pay-saved`);
    const heard = await since(() => press(`/invoices/${invoice.id}/challenge`, { answer: "complete" }));
    expect(heard).toEqual([
      "payment_intent.succeeded",
      "charge.succeeded",
      "invoice.updated",
      "invoice.paid",
      "invoice.payment_succeeded",
      "customer.subscription.updated",
    ]);
    expect((await read(subscription.id)).status).toBe("active");
    expect(await (await fetch(String(invoice.hosted_invoice_url))).text()).toContain("Paid on");
    await shop.stripe.subscriptions.cancel(subscription.id);
  });

  it("takes another card, which the subscription keeps", async () => {
    const { subscription, invoice } = await behind("4000000000000341");
    const url = `/invoices/${invoice.id}/pay`;
    expect(await (await press(url, { cardNumber: "1" })).text()).toContain("incomplete");
    const refused = await press(url, { ...TYPED, cardNumber: "4000000000000002" });
    expect(await refused.text()).toContain("Your card was declined.");
    expect(await (await press(url, { ...TYPED, cardNumber: "4242424242424242" })).text()).toContain(
      "Paid on",
    );
    const after = await read(subscription.id);
    expect(after.status).toBe("active");
    const card = await shop.stripe.paymentMethods.retrieve(String(after.default_payment_method));
    expect(card.card?.last4).toBe("4242");
    expect((await press(url, { ...TYPED, cardNumber: "4242424242424242" })).status).toBe(200);
    expect((await shop.stripe.charges.list({ customer: String(subscription.customer) })).data).toHaveLength(
      3,
    );
    await shop.stripe.subscriptions.cancel(subscription.id);
  });
});
