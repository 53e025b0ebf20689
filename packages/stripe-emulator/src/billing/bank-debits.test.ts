import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openShop, refusal, type Shop } from "../../test/shop.ts";
import { debitBehaviour, isIban } from "./bank-debits.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(async () => {
  await shop.emulator.settled();
  shop.heard();
});
afterAll(() => shop.close());

const SUCCEEDS = "AT611904300234573201";
const MANDATE = { mandate_data: { customer_acceptance: { type: "offline" as const } } };
const EURO = { amount: 1000, currency: "eur", confirm: true };

async function account(iban: string): Promise<string> {
  const billing_details = { name: "Ada", email: "ada@example.com" };
  const { id } = await shop.stripe.paymentMethods.create({
    type: "sepa_debit",
    sepa_debit: { iban },
    billing_details,
  });
  return id;
}

async function debit(iban: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  const payment_method = await account(iban);
  return shop.stripe.paymentIntents.create({ ...EURO, ...MANDATE, payment_method, ...more });
}

async function heardAfter(ms: number): Promise<string[]> {
  await shop.emulator.clock.advance(ms);
  await shop.emulator.settled();
  return shop.heard();
}

describe("a bank debit", () => {
  it("is under way at first, and paid when the bank answers", async () => {
    const { id, ...intent } = await debit(SUCCEEDS);
    expect(intent).toMatchObject({ status: "processing", payment_method_types: ["card", "sepa_debit"] });
    expect(await heardAfter(0)).toEqual([
      "payment_intent.created",
      "charge.pending",
      "payment_intent.processing",
    ]);
    const charges = shop.stripe.charges;
    const pending = await charges.retrieve(String(intent.latest_charge), {
      expand: ["payment_method_details.sepa_debit.mandate"],
    });
    expect(pending).toMatchObject({ status: "pending", paid: false, balance_transaction: null });
    expect(pending.id).toMatch(/^py_/);
    expect(pending.payment_method_details?.sepa_debit).toMatchObject({
      last4: "3201",
      country: "AT",
      mandate: { object: "mandate", status: "active", type: "single_use" },
    });
    expect((await refusal(shop.stripe.paymentIntents.cancel(id))).code).toBe(
      "payment_intent_unexpected_state",
    );
    expect(await heardAfter(2_000)).toEqual(["charge.succeeded", "payment_intent.succeeded"]);
    expect(await shop.stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: "succeeded",
      amount_received: 1000,
    });
    const paid = await charges.retrieve(pending.id, { expand: ["balance_transaction"] });
    expect(paid).toMatchObject({
      status: "succeeded",
      paid: true,
      balance_transaction: { type: "payment", net: 941 },
    });
  });

  it("fails when the bank refuses, and another account pays after all", async () => {
    const { id } = await debit("AT861904300235473202");
    await heardAfter(0);
    expect(await heardAfter(2_000)).toEqual(["charge.failed", "payment_intent.payment_failed"]);
    const failed = await shop.stripe.paymentIntents.retrieve(id, { expand: ["latest_charge"] });
    expect(failed).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code: "payment_intent_payment_attempt_failed" },
      latest_charge: { status: "failed", failure_code: "incorrect_account_holder_name", paid: false },
    });
    const payment_method = await account(SUCCEEDS);
    expect((await shop.stripe.paymentIntents.confirm(id, { payment_method, ...MANDATE })).status).toBe(
      "processing",
    );
    expect(await heardAfter(2_000)).toContain("payment_intent.succeeded");
  });

  it("takes three minutes with the slow accounts, whatever comes of it", async () => {
    const [good, bad] = [await debit("AT321904300235473204"), await debit("AT051904300235473205")];
    await heardAfter(0);
    expect(await heardAfter(179_000)).toEqual([]);
    expect(await heardAfter(1_000)).toEqual([
      "charge.succeeded",
      "payment_intent.succeeded",
      "charge.failed",
      "payment_intent.payment_failed",
    ]);
    expect((await shop.stripe.paymentIntents.retrieve(good.id)).status).toBe("succeeded");
    expect((await shop.stripe.paymentIntents.retrieve(bad.id)).status).toBe("requires_payment_method");
  });

  it("can be disputed, and is lost at once", async () => {
    await debit("AT591904300235473203");
    await heardAfter(0);
    expect(await heardAfter(2_000)).toEqual([
      "charge.succeeded",
      "payment_intent.succeeded",
      "charge.dispute.created",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.closed",
    ]);
  });

  it("needs a mandate and euros; without the mandate the intent waits for a confirmation", async () => {
    const payment_method = await account(SUCCEEDS);
    const error = await refusal(shop.stripe.paymentIntents.create({ ...EURO, payment_method }));
    expect(error).toMatchObject({ statusCode: 400, code: "payment_intent_mandate_invalid" });
    const { payment_intent } = error.raw as { payment_intent: Stripe.PaymentIntent };
    expect((await shop.stripe.paymentIntents.retrieve(payment_intent.id)).status).toBe(
      "requires_confirmation",
    );
    const dollars = { ...EURO, ...MANDATE, payment_method, currency: "usd" };
    expect((await refusal(shop.stripe.paymentIntents.create(dollars))).code).toBe(
      "payment_intent_incompatible_payment_method",
    );
  });

  it("can be set up with a mandate for all payments to come", async () => {
    const { id: customer } = await shop.stripe.customers.create({});
    const payment_method = await account(SUCCEEDS);
    const setup = await shop.stripe.setupIntents.create({
      customer,
      payment_method,
      confirm: true,
      ...MANDATE,
      expand: ["mandate"],
    });
    expect(setup).toMatchObject({ status: "succeeded", mandate: { type: "multi_use", payment_method } });
    const { id } = setup.mandate as Stripe.Mandate;
    expect((await shop.stripe.mandates.retrieve(id)).status).toBe("active");
    expect((await debit(SUCCEEDS, { customer, payment_method, mandate: id })).status).toBe("processing");
  });

  it("takes as long as the settings say", async () => {
    const slow = await openShop({ settings: { bankDebitSeconds: 60 } });
    const billing_details = { name: "Ada", email: "ada@example.com" };
    const payment_method_data = {
      type: "sepa_debit" as const,
      sepa_debit: { iban: SUCCEEDS },
      billing_details,
    };
    const { id } = await slow.stripe.paymentIntents.create({ ...EURO, ...MANDATE, payment_method_data });
    await slow.emulator.clock.advance(59_000);
    expect((await slow.stripe.paymentIntents.retrieve(id)).status).toBe("processing");
    await slow.emulator.clock.advance(1_000);
    expect((await slow.stripe.paymentIntents.retrieve(id)).status).toBe("succeeded");
    await slow.close();
  });
});

describe("a debit of a customer on a test clock", () => {
  it("is answered by that clock", async () => {
    const { stripe } = shop;
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: 1_800_000_000 });
    const { id: customer } = await stripe.customers.create({ test_clock: clock.id });
    const { id, created } = await debit(SUCCEEDS, { customer });
    expect(created).toBe(1_800_000_000);
    await heardAfter(60_000);
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe("processing");
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: 1_800_000_002 });
    await shop.emulator.settled();
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe("succeeded");
  });
});

describe("a subscription paid by bank debit", () => {
  async function subscribe(iban: string) {
    const { stripe } = shop;
    const { id: customer } = await stripe.customers.create({});
    const method = await stripe.paymentMethods.attach(await account(iban), { customer });
    const price = await stripe.prices.create({
      currency: "eur",
      unit_amount: 900,
      recurring: { interval: "month" },
      product_data: { name: "Plan" },
    });
    const items = [{ price: price.id }];
    return stripe.subscriptions.create({ customer, items, default_payment_method: method.id });
  }

  it("is active while the bank thinks, and its invoice is paid when it says yes", async () => {
    const { id, status, latest_invoice } = await subscribe(SUCCEEDS);
    expect(status).toBe("active");
    expect((await shop.stripe.invoices.retrieve(String(latest_invoice))).status).toBe("open");
    expect(await heardAfter(2_000)).toEqual(
      expect.arrayContaining(["payment_intent.succeeded", "invoice.paid"]),
    );
    expect((await shop.stripe.invoices.retrieve(String(latest_invoice))).status).toBe("paid");
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe("active");
  });

  it("stays active when it says no, and its invoice is void", async () => {
    const { id, latest_invoice } = await subscribe("AT861904300235473202");
    expect(await heardAfter(2_000)).toContain("invoice.voided");
    expect((await shop.stripe.invoices.retrieve(String(latest_invoice))).status).toBe("void");
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe("active");
  });
});

describe("an invoice whose bank has yet to answer", () => {
  async function invoiced(iban: string) {
    const { stripe } = shop;
    const { id: customer } = await stripe.customers.create({});
    const method = await stripe.paymentMethods.attach(await account(iban), { customer });
    await stripe.invoiceItems.create({ customer, amount: 900, currency: "eur" });
    const { id = "" } = await stripe.invoices.create({
      customer,
      pending_invoice_items_behavior: "include",
      default_payment_method: method.id,
    });
    expect((await stripe.invoices.pay(id)).status).toBe("open");
    return id;
  }

  it("is neither paid a second time nor void meanwhile", async () => {
    const id = await invoiced(SUCCEEDS);
    const { invoices } = shop.stripe;
    const calls = [invoices.pay(id), invoices.pay(id, { paid_out_of_band: true }), invoices.voidInvoice(id)];
    for (const { message } of await Promise.all(calls.map(refusal))) expect(message).toContain("processing");
    await heardAfter(2_000);
    expect(await invoices.retrieve(id)).toMatchObject({ status: "paid", amount_paid: 900 });
  });

  it("is paid after all when it was given up, and void with its intent when the bank says no", async () => {
    const { invoices, paymentIntents } = shop.stripe;
    const given = await invoiced(SUCCEEDS);
    await invoices.markUncollectible(given);
    expect(await heardAfter(2_000)).toContain("invoice.paid");
    expect((await invoices.retrieve(given)).status).toBe("paid");
    const refused = await invoiced("AT861904300235473202");
    await heardAfter(2_000);
    const { payments, status } = await invoices.retrieve(refused, { expand: ["payments"] });
    expect(status).toBe("void");
    const intent = String(payments?.data[0]?.payment.payment_intent);
    expect(await paymentIntents.retrieve(intent)).toMatchObject({
      status: "canceled",
      cancellation_reason: "void_invoice",
    });
  });
});

describe("test accounts", () => {
  it("have right check digits, and reasons of their own to be refused", () => {
    expect(["IT60X0542811101000000123456", "FR1420041010050500013M02606"].every(isIban)).toBe(true);
    expect(isIban("AT611904300234573202")).toBe(false);
    expect(debitBehaviour("IT60X0542811101000000123456").refused).toBeDefined();
    expect(debitBehaviour("DE65370400440002222227").refused?.declineCode).toBe("insufficient_funds");
    expect(debitBehaviour(SUCCEEDS)).toEqual({});
  });
});
