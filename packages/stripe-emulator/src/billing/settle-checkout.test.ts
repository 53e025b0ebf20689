import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, HOUR, openCheckout, openShop, refusal, type Shop } from "../../test/shop.ts";

const PAYS = "AT611904300234573201";
const FAILS = "AT861904300235473202";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function open(mode: "payment" | "subscription", extra: object = {}): Promise<Stripe.Checkout.Session> {
  const price = await shop.stripe.prices.create({
    currency: "eur",
    unit_amount: 1500,
    product_data: { name: "Club" },
    ...(mode === "subscription" && { recurring: { interval: "month" } }),
  });
  return shop.stripe.checkout.sessions.create({
    mode,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: "http://shop.example/return",
    allowed_payment_method_types: ["card", "sepa_debit"],
    ...extra,
  });
}

async function pay(session: Stripe.Checkout.Session, iban: string): Promise<Stripe.Checkout.Session> {
  await shop.emulator.settled();
  shop.heard();
  const result = await shop.emulator.completeCheckout(session.id, iban);
  if (result.outcome !== "complete") throw new Error(JSON.stringify(result));
  return shop.stripe.checkout.sessions.retrieve(session.id);
}

async function bankAnswers(): Promise<string[]> {
  await shop.emulator.settled();
  shop.heard();
  await shop.emulator.clock.advance(HOUR);
  await shop.emulator.settled();
  return shop.heard();
}

describe("a checkout whose money comes later (S)", () => {
  it("is complete and unpaid at first, then paid", async () => {
    const done = await pay(await open("payment", { invoice_creation: { enabled: true } }), PAYS);
    expect(done).toMatchObject({ status: "complete", payment_status: "unpaid", invoice: null });
    await shop.emulator.settled();
    expect(shop.heard()).toEqual([
      "customer.created",
      "payment_intent.created",
      "payment_intent.processing",
      "charge.pending",
      "customer.updated",
      "checkout.session.completed",
    ]);
    const heard = await bankAnswers();
    expect(heard).toContain("charge.succeeded");
    expect(heard).toContain("payment_intent.succeeded");
    expect(heard.filter((type) => type.startsWith("checkout"))).toEqual([
      "checkout.session.async_payment_succeeded",
    ]);
    const paid = await shop.stripe.checkout.sessions.retrieve(done.id, { expand: ["invoice"] });
    expect(paid).toMatchObject({ payment_status: "paid", invoice: { status: "paid", amount_paid: 1500 } });
  });

  it("stays unpaid when the bank refuses", async () => {
    const done = await pay(await open("payment"), FAILS);
    const heard = await bankAnswers();
    expect(heard).toContain("payment_intent.payment_failed");
    expect(heard.filter((type) => type.startsWith("checkout"))).toEqual([
      "checkout.session.async_payment_failed",
    ]);
    expect(await shop.stripe.checkout.sessions.retrieve(done.id)).toMatchObject({
      status: "complete",
      payment_status: "unpaid",
    });
  });

  it("starts a subscription at once, whose first invoice is paid when the bank has answered", async () => {
    const done = await pay(await open("subscription"), PAYS);
    const subscription = String(done.subscription);
    expect(await shop.stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: "active" });
    expect(await shop.stripe.invoices.retrieve(String(done.invoice))).toMatchObject({ status: "open" });
    const heard = await bankAnswers();
    expect(heard).toContain("invoice.paid");
    expect(heard).toContain("checkout.session.async_payment_succeeded");
    expect(heard).not.toContain("customer.subscription.updated");
    expect(await shop.stripe.checkout.sessions.retrieve(done.id)).toMatchObject({ payment_status: "paid" });
  });

  it("leaves a subscription active whose first payment the bank refused, and its invoice void", async () => {
    const done = await pay(await open("subscription"), FAILS);
    const heard = await bankAnswers();
    expect(heard).toContain("invoice.voided");
    expect(heard).toContain("checkout.session.async_payment_failed");
    expect(heard).not.toContain("customer.subscription.updated");
    expect(await shop.stripe.subscriptions.retrieve(String(done.subscription))).toMatchObject({
      status: "active",
    });
    expect(await shop.stripe.invoices.retrieve(String(done.invoice))).toMatchObject({ status: "void" });
  });

  it("debits the account again at each renewal", async () => {
    const done = await pay(await open("subscription"), PAYS);
    await shop.emulator.clock.advance(32 * DAY);
    const { data } = await shop.stripe.invoices.list({ subscription: String(done.subscription) });
    expect(data.map(({ status, amount_paid }) => [status, amount_paid])).toEqual([
      ["paid", 1500],
      ["paid", 1500],
    ]);
    expect(await shop.stripe.subscriptions.retrieve(String(done.subscription))).toMatchObject({
      status: "active",
    });
  });

  it("saves an account during a trial, and debits it afterwards", async () => {
    const trial = { subscription_data: { trial_period_days: 5 } };
    const done = await pay(await open("subscription", trial), PAYS);
    expect(done.payment_status).toBe("no_payment_required");
    await shop.emulator.clock.advance(6 * DAY);
    const { data } = await shop.stripe.invoices.list({ subscription: String(done.subscription) });
    expect(data.map(({ status, amount_paid }) => [status, amount_paid])).toEqual([
      ["paid", 1500],
      ["paid", 0],
    ]);
  });

  it("offers what there is for the currency, narrowed as the shop says", async () => {
    const types = async (extra: object) => (await open("payment", extra)).payment_method_types;
    const allowed_payment_method_types = ["klarna", "card", "sepa_debit"];
    expect(await types({ allowed_payment_method_types })).toEqual(["card", "sepa_debit"]);
    expect(await types({ allowed_payment_method_types: undefined })).toEqual(["card", "link"]);
    expect(await types({ excluded_payment_method_types: ["sepa_debit"] })).toEqual(["card"]);
    const { session } = await openCheckout(shop, { allowed_payment_method_types });
    expect(session).toMatchObject({ allowed_payment_method_types, payment_method_types: ["card"] });
    const none = openCheckout(shop, { allowed_payment_method_types: ["klarna"] });
    expect((await refusal(none)).message).toContain("No valid payment method types");
    const bankOnly = await open("payment", { allowed_payment_method_types: ["sepa_debit"] });
    expect(await shop.emulator.completeCheckout(bankOnly.id)).toMatchObject({ outcome: "declined" });
  });

  it("takes no bank account where none is offered", async () => {
    const session = await open("payment", { allowed_payment_method_types: ["card"] });
    expect(await shop.emulator.completeCheckout(session.id, PAYS)).toMatchObject({ outcome: "declined" });
    expect((await refusal(shop.stripe.checkout.sessions.retrieve("cs_none"))).statusCode).toBe(404);
  });
});
