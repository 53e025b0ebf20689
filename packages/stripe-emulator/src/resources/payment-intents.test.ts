import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { openPaymentDesk, type PaymentDesk, PLAIN } from "../../test/payment-desk.ts";
import { DAY, openCheckout, refusal, type Shop } from "../../test/shop.ts";

const desk = openPaymentDesk();
const { pay, heard } = desk;
let shop: Shop;
let intents: PaymentDesk["intents"];
beforeAll(() => {
  ({ shop, intents } = desk);
});

describe("a payment intent", () => {
  it("goes from needing a method to needing a confirmation to paid", async () => {
    const bare = await intents.create({ ...PLAIN, metadata: { order: "7" }, description: "A hat" });
    expect(bare).toMatchObject({
      status: "requires_payment_method",
      amount: 2000,
      capture_method: "automatic_async",
      confirmation_method: "automatic",
      setup_future_usage: null,
      automatic_payment_methods: { enabled: true },
      payment_method_types: ["card"],
    });
    const chosen = await intents.update(bare.id, { payment_method: "pm_card_visa" });
    expect(chosen.status).toBe("requires_confirmation");
    const paid = await intents.confirm(bare.id, {}, { expand: ["latest_charge"] } as never);
    expect(paid).toMatchObject({
      status: "succeeded",
      amount_received: 2000,
      payment_method: chosen.payment_method,
    });
    expect(await heard()).toEqual(["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"]);
    const charge = await shop.stripe.charges.retrieve(String(paid.latest_charge));
    expect(charge).toMatchObject({
      description: "A hat",
      metadata: { order: "7" },
      captured: true,
      paid: true,
    });
    expect((await intents.retrieve(bare.id)).client_secret).toBe(bare.client_secret);
  });

  it("is made and paid in one call; its charge gets its balance transaction a little later", async () => {
    const shipping = { name: "Ada", address: { line1: "1 Street", country: "SE" } };
    const extras = { shipping, receipt_email: "ada@example.com", statement_descriptor_suffix: "HAT" };
    const paid = await pay({ ...extras, expand: ["latest_charge"] });
    expect(paid.latest_charge).toMatchObject({
      balance_transaction: null,
      shipping: { name: "Ada", address: { line1: "1 Street", country: "SE", city: null } },
      receipt_email: "ada@example.com",
      calculated_statement_descriptor: "STRIPE EMULATOR* HAT",
    });
    expect(await heard()).toEqual(["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"]);
    await shop.emulator.clock.advance(2_000);
    expect(await heard()).toEqual(["charge.updated"]);
    expect(shop.received.at(-1)?.data.previous_attributes).toEqual({ balance_transaction: null });
    const at_once = await pay({ capture_method: "automatic", expand: ["latest_charge.balance_transaction"] });
    expect(at_once.latest_charge).toMatchObject({
      balance_transaction: {
        object: "balance_transaction",
        amount: 2000,
        fee: 88,
        net: 1912,
        exchange_rate: null,
      },
    });
  });

  it("keeps a method for the customer when asked to, else uses it up", async () => {
    const { id: customer } = await shop.stripe.customers.create({});
    const kept = await pay({ customer, setup_future_usage: "off_session" });
    expect(await heard()).toContain("payment_method.attached");
    const again = await pay({ customer, payment_method: String(kept.payment_method), off_session: true });
    expect(again.status).toBe("succeeded");
    const once = await pay();
    const used = await refusal(pay({ payment_method: String(once.payment_method) }));
    expect(used.message).toContain("It may not be used again");
    const foreign = await refusal(pay({ payment_method: String(kept.payment_method) }));
    expect(foreign).toMatchObject({ code: "parameter_missing", param: "source" });
    const other = await shop.stripe.customers.create({});
    const wrong = await refusal(pay({ customer: other.id, payment_method: String(kept.payment_method) }));
    expect(wrong.message).toContain("does not belong to the Customer you supplied");
  });

  it("lists by customer and answers 404 for what it does not know", async () => {
    const { id: customer } = await shop.stripe.customers.create({});
    const one = await intents.create({ ...PLAIN, customer });
    await intents.create(PLAIN);
    expect((await intents.list({ customer })).data.map(({ id }) => id)).toEqual([one.id]);
    expect(await refusal(intents.retrieve("pi_none"))).toMatchObject({
      statusCode: 404,
      code: "resource_missing",
    });
  });
});

describe("held money", () => {
  const hold = () => pay({ capture_method: "manual" });

  it("is captured whole, once", async () => {
    const held = await hold();
    expect(held).toMatchObject({ status: "requires_capture", amount_capturable: 2000, amount_received: 0 });
    expect(await heard()).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.amount_capturable_updated",
    ]);
    const charge = await shop.stripe.charges.retrieve(String(held.latest_charge));
    expect(charge).toMatchObject({ captured: false, amount_captured: 0, balance_transaction: null });
    const paid = await intents.capture(held.id, { metadata: { shipped: "yes" } });
    expect(paid).toMatchObject({ status: "succeeded", amount_received: 2000, amount_capturable: 0 });
    expect(paid.metadata).toEqual({ shipped: "yes" });
    expect(await heard()).toEqual(["charge.captured", "payment_intent.succeeded"]);
    expect((await refusal(intents.capture(held.id))).code).toBe("payment_intent_unexpected_state");
  });

  it("is captured in part, and no more than is held", async () => {
    const held = await hold();
    expect(await refusal(intents.capture(held.id, { amount_to_capture: 2001 }))).toMatchObject({
      code: "amount_too_large",
    });
    expect((await refusal(intents.capture(held.id, { amount_to_capture: 0 }))).code).toBe(
      "parameter_invalid_integer",
    );
    expect(await intents.capture(held.id, { amount_to_capture: 1500 })).toMatchObject({
      amount_received: 1500,
    });
    const charge = await shop.stripe.charges.retrieve(String(held.latest_charge));
    expect(charge).toMatchObject({ captured: true, amount: 2000, amount_captured: 1500 });
  });

  it("goes back when it is canceled, and by itself after a week", async () => {
    const held = await hold();
    const canceled = await intents.cancel(held.id, { cancellation_reason: "duplicate" });
    expect(canceled).toMatchObject({
      status: "canceled",
      cancellation_reason: "duplicate",
      amount_capturable: 0,
    });
    const forgotten = await hold();
    await heard();
    await shop.emulator.clock.advance(8 * DAY);
    expect(await heard()).toEqual(["charge.expired", "payment_intent.canceled"]);
    expect(await intents.retrieve(forgotten.id)).toMatchObject({
      status: "canceled",
      cancellation_reason: "automatic",
    });
  });
});

describe("the intent of a first invoice", () => {
  it("pays the invoice when it is confirmed, and the subscription begins", async () => {
    const { stripe } = shop;
    const { id: customer } = await stripe.customers.create({});
    const price = await stripe.prices.create({
      currency: "sek",
      unit_amount: 3900,
      recurring: { interval: "month" },
      product_data: { name: "Plan" },
    });
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      payment_behavior: "default_incomplete",
      expand: ["latest_invoice.confirmation_secret"],
    });
    const invoice = subscription.latest_invoice as Stripe.Invoice;
    const intent = String(invoice.confirmation_secret?.client_secret).split("_secret_")[0] ?? "";
    expect((await refusal(intents.cancel(intent))).message).toContain("Void the Invoice instead");
    expect((await refusal(intents.update(intent, { amount: 500 }))).param).toBe("amount");
    const way = { payment_method: "pm_card_authenticationRequired", return_url: "https://shop.example/back" };
    const waiting = await intents.confirm(intent, way);
    expect(waiting.next_action).toMatchObject({ redirect_to_url: { return_url: way.return_url } });
    shop.emulator.authenticate(intent, "fail");
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("incomplete");
    const off = { payment_method: "pm_card_authenticationRequired", off_session: true };
    expect((await refusal(intents.confirm(intent, off))).code).toBe("authentication_required");
    expect((await intents.confirm(intent, { payment_method: "pm_card_visa" })).status).toBe("succeeded");
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
    expect((await stripe.invoices.retrieve(String(invoice.id))).status).toBe("paid");
    expect(await heard()).toEqual(expect.arrayContaining(["invoice.paid", "payment_method.attached"]));
  });

  it("is not to be paid any more once the invoice is void, and a session's only on its page", async () => {
    const { customer, price, session } = await openCheckout(shop);
    await shop.emulator.completeCheckout(session.id, "4000000000000002");
    const [of_session] = (await intents.list({ customer: customer.id })).data;
    const payment_method = "pm_card_visa";
    const refused = (id: string) => refusal(intents.confirm(id, { payment_method }));
    expect((await refused(String(of_session?.id))).message).toContain("for a Checkout Session");
    expect((await refusal(intents.cancel(String(of_session?.id)))).message).toContain(
      "Expire the Checkout Session",
    );
    const { latest_invoice } = await shop.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      payment_behavior: "default_incomplete",
      expand: ["latest_invoice.payments"],
    });
    const { id, payments } = latest_invoice as Stripe.Invoice;
    await shop.stripe.invoices.voidInvoice(String(id));
    const intent = String(payments?.data[0]?.payment.payment_intent);
    expect((await refused(intent)).code).toBe("payment_intent_unexpected_state");
  });
});
