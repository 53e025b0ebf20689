import { StripeError, type StripePort } from "@liveassist/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StripeStub } from "../../test/support/stripe-stub.ts";
import { createStripe } from "./stripe.ts";

let stub: StripeStub;
let stripe: StripePort;
beforeEach(async () => {
  stub = await new StripeStub().start();
  stripe = portOn(stub.url);
});
afterEach(() => stub.stop());

const portOn = (apiBase: string, priceId?: string): StripePort =>
  createStripe({ secretKey: "sk_test_1", webhookSecrets: [], apiBase, priceId, priceSek: 39 });
const customer = () =>
  stripe.createCustomer({ userId: "user_1", email: "a@example.com", name: "Anna", idempotencyKey: "key" });

async function checkout(trialDays: number | null) {
  const customerId = await customer();
  const { priceId } = await stripe.ensurePrice();
  return stripe.createCheckoutSession({
    customerId,
    userId: "user_1",
    attemptId: "attempt_1",
    priceId,
    trialDays,
    requiresCard: true,
    successUrl: "http://localhost/return?session_id={CHECKOUT_SESSION_ID}",
    cancelUrl: "http://localhost/",
  });
}
const sentTo = (path: string) =>
  stub.calls.find((call) => call.method === "POST" && call.path === path)?.params;

describe("the price", () => {
  test("is made once under its lookup key, and found from then on", async () => {
    const price = await stripe.ensurePrice();
    expect(price).toMatchObject({ amountOre: 3900, currency: "sek", interval: "month" });
    expect(sentTo("/v1/prices")).toMatchObject({
      lookup_key: "liveassist_monthly",
      tax_behavior: "inclusive",
    });
    expect(await portOn(stub.url).ensurePrice()).toEqual(price);
  });
  test("that is configured is taken as it is", async () => {
    const recurring = { interval: "year" };
    stub.put({
      id: "price_1",
      object: "price",
      product: "prod_1",
      currency: "eur",
      unit_amount: 500,
      recurring,
    });
    expect(await portOn(stub.url, "price_1").ensurePrice()).toEqual({
      priceId: "price_1",
      productId: "prod_1",
      amountOre: 500,
      currency: "eur",
      interval: "year",
    });
  });
});

describe("a checkout session", () => {
  test("carries its ids in session and subscription, takes card and link only, and cancels a trial without a card", async () => {
    const session = await checkout(5);
    expect(session).toMatchObject({ status: "open", userIds: ["user_1"], attemptId: "attempt_1" });
    expect(sentTo("/v1/checkout/sessions")).toMatchObject({
      mode: "subscription",
      customer: session.customerId,
      client_reference_id: "user_1",
      "metadata[userId]": "user_1",
      "subscription_data[metadata][userId]": "user_1",
      "subscription_data[trial_period_days]": "5",
      "subscription_data[trial_settings][end_behavior][missing_payment_method]": "cancel",
      "allowed_payment_method_types[0]": "card",
      "allowed_payment_method_types[1]": "link",
      payment_method_collection: "always",
    });
    expect(sentTo("/v1/checkout/sessions")).not.toHaveProperty("payment_method_types[0]");
  });
  test("without a trial says nothing of one", async () => {
    await checkout(null);
    expect(Object.keys(sentTo("/v1/checkout/sessions") ?? {}).join()).not.toContain("trial");
  });
  test("that was paid shows its subscription, whose period is that of its item, in milliseconds", async () => {
    const { id, customerId } = await checkout(5);
    const { subscription, invoice } = stub.pay(id);
    expect(await stripe.retrieveCheckoutSession(id)).toMatchObject({
      status: "complete",
      subscriptionId: subscription["id"],
    });
    const [listed] = (await stripe.listSubscriptions(customerId ?? "")) ?? [];
    const end = Number(subscription["trial_end"]) * 1000;
    expect(listed).toMatchObject({ status: "trialing", trialEnd: end, periodEnd: end, userId: "user_1" });
    expect(await stripe.listInvoices(customerId ?? "")).toMatchObject([
      { id: invoice["id"], subscriptionId: subscription["id"], status: "paid", amountPaid: 0 },
    ]);
  });
});

test("what Stripe does not know is null, not an error", async () => {
  expect(await stripe.retrieveCustomer("cus_none")).toBeNull();
  expect(await stripe.retrieveSubscription("sub_none")).toBeNull();
  expect(await stripe.retrieveInvoice("in_none")).toBeNull();
  expect(await stripe.retrieveCheckoutSession("cs_test_none")).toBeNull();
});

describe("a failing call", () => {
  const failing = (status: number, body: Record<string, unknown>) => {
    stub.fault = () => ({ status, body });
  };
  const error = (type: string) => ({ error: { type, message: "no" } });
  test.each([
    [429, "unavailable"],
    [500, "unavailable"],
    [503, "unavailable"],
    [409, "unavailable"],
    [400, "rejected"],
    [401, "rejected"],
    [403, "rejected"],
  ])("with %i is %s", async (status, kind) => {
    failing(status, error("api_error"));
    await expect(stripe.listSubscriptions("cus_1")).rejects.toMatchObject({ name: "StripeError", kind });
  });
  test("whose connection is refused is unavailable", async () => {
    await expect(portOn("http://127.0.0.1:1").retrieveCustomer("cus_1")).rejects.toMatchObject({
      kind: "unavailable",
    });
  });
  test("with a 500 that has no error in it is no answer: the SDK hands it on as a success", async () => {
    const asks: (() => Promise<unknown>)[] = [
      () => stripe.listSubscriptions("cus_1"),
      () => stripe.listInvoices("cus_1"),
      () => stripe.retrieveSubscription("sub_1"),
      () => stripe.retrieveCustomer("cus_1"),
      () => stripe.retrieveCheckoutSession("cs_test_1"),
      () => stripe.retrieveInvoice("in_1"),
      () => stripe.expireCheckoutSession("cs_test_1"),
      () => stripe.ensurePrice(),
      customer,
    ];
    failing(500, { message: "upstream" });
    for (const one of await Promise.allSettled(asks.map((ask) => ask()))) {
      expect(one).toMatchObject({ status: "rejected", reason: expect.any(StripeError) });
      expect(one).toMatchObject({ reason: { kind: "unavailable" } });
    }
  });
});
