import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { StripeError, type StripePort } from "@liveassist/api";
import { type Emulator, startEmulator } from "@liveassist/stripe-emulator";
import Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createStripe } from "./stripe.ts";

const DAY = 86_400_000;
let emulator: Emulator;
let stripe: StripePort;
let sdk: Stripe;

const portOn = (apiBase: string): StripePort =>
  createStripe({ secretKey: "sk_test_1", webhookSecrets: [], apiBase, priceId: undefined, priceSek: 39 });

beforeAll(async () => {
  emulator = await startEmulator({ seed: 3, clock: { now: () => Date.UTC(2026, 0, 31, 12) } });
  stripe = portOn(emulator.url);
  const options = { host: "127.0.0.1", port: emulator.port, protocol: "http", telemetry: false } as const;
  sdk = new Stripe("sk_test_1", options);
});
afterEach(() => emulator.chaos.clear());
afterAll(() => emulator.close());

let people = 0;
async function bought(trialDays: number | null = null) {
  people += 1;
  const userId = `user_${people}`;
  const customerId = await stripe.createCustomer({
    userId,
    email: `${userId}@example.com`,
    name: userId,
    idempotencyKey: userId,
  });
  const { priceId } = await stripe.ensurePrice();
  const session = await stripe.createCheckoutSession({
    customerId,
    userId,
    attemptId: userId,
    priceId,
    trialDays,
    requiresCard: true,
    successUrl: "http://localhost/return",
    cancelUrl: "http://localhost/",
  });
  await emulator.completeCheckout(session.id);
  const [subscription] = (await stripe.listSubscriptions(customerId)) ?? [];
  return { customerId, subscription: String(subscription?.id) };
}
const chargesOf = async (customer: string) => (await sdk.charges.list({ customer })).data;
const refundsAt = async (customer: string) =>
  (await Promise.all((await chargesOf(customer)).map(({ id }) => sdk.refunds.list({ charge: id })))).flatMap(
    ({ data }) => data,
  );
async function refusal(work: Promise<unknown>): Promise<StripeError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof StripeError)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error;
}

describe("a refund", () => {
  test("gives the last payment back in full, once per key", async () => {
    const { customerId, subscription } = await bought();
    const refund = await stripe.refundLastPayment(subscription, "withdrawal:1");
    expect(refund).toEqual({ refundId: expect.stringMatching(/^re_/), amountOre: 3900, currency: "sek" });
    expect(await stripe.refundLastPayment(subscription, "withdrawal:1")).toEqual(refund);
    expect(await refundsAt(customerId)).toMatchObject([{ id: refund?.refundId, status: "succeeded" }]);
  });

  test("is found again when Stripe has long forgotten its key", async () => {
    const { customerId, subscription } = await bought();
    const refund = await stripe.refundLastPayment(subscription, "withdrawal:old");
    await emulator.clock.advance(2 * DAY);
    expect(await stripe.refundLastPayment(subscription, "withdrawal:old")).toEqual(refund);
    expect(await refundsAt(customerId)).toHaveLength(1);
  });

  test("is made once although its answer was lost", async () => {
    const { customerId, subscription } = await bought();
    emulator.chaos.set({ rules: [{ fault: "lost_answer", next: 4, only: ["POST /v1/refunds"] }] });
    expect((await refusal(stripe.refundLastPayment(subscription, "withdrawal:lost"))).kind).toBe(
      "unavailable",
    );
    emulator.chaos.clear();
    const refund = await stripe.refundLastPayment(subscription, "withdrawal:lost");
    expect(await refundsAt(customerId)).toMatchObject([{ id: refund?.refundId, amount: 3900 }]);
  });

  test("is made once when two servers ask at the same moment", async () => {
    const { customerId, subscription } = await bought();
    await Promise.allSettled([1, 2, 3].map(() => stripe.refundLastPayment(subscription, "withdrawal:both")));
    expect(await refundsAt(customerId)).toHaveLength(1);
  });

  test("gives back the rest of what was given back in part, and nothing of what was given back before", async () => {
    const part = await bought();
    const [charge] = await chargesOf(part.customerId);
    await sdk.refunds.create({ charge: String(charge?.id), amount: 1000 });
    expect(await stripe.refundLastPayment(part.subscription, "withdrawal:part")).toMatchObject({
      amountOre: 2900,
    });
    const whole = await bought();
    const [other] = await chargesOf(whole.customerId);
    const byHand = await sdk.refunds.create({ charge: String(other?.id) });
    expect(await stripe.refundLastPayment(whole.subscription, "withdrawal:whole")).toMatchObject({
      refundId: byHand.id,
      amountOre: 3900,
    });
    expect(await refundsAt(whole.customerId)).toHaveLength(1);
  });

  test("of a subscription renewed since is of its last payment only", async () => {
    const { customerId, subscription } = await bought();
    await emulator.clock.advance(40 * DAY);
    const charges = await chargesOf(customerId);
    expect(charges).toHaveLength(2);
    await stripe.refundLastPayment(subscription, "withdrawal:renewed");
    const [refund] = await refundsAt(customerId);
    expect(refund?.charge).toBe(charges[0]?.id);
  });

  test("of a trial is none", async () => {
    const { subscription } = await bought(5);
    expect(await stripe.refundLastPayment(subscription, "withdrawal:trial")).toBeNull();
  });

  test("of what was charged back is refused for good", async () => {
    const { customerId, subscription } = await bought();
    const [charge] = await chargesOf(customerId);
    emulator.dispute(String(charge?.id));
    expect(await refusal(stripe.refundLastPayment(subscription, "withdrawal:back"))).toMatchObject({
      kind: "rejected",
      message: expect.stringMatching(/charged back/),
    });
  });

  test("is not held up for a day by a failure that Stripe keeps under its key", async () => {
    const { customerId, subscription } = await bought();
    const proxy = await keepFailures();
    try {
      const refund = await portOn(proxy.url).refundLastPayment(subscription, "withdrawal:kept");
      expect(await refundsAt(customerId)).toMatchObject([{ id: refund?.refundId }]);
      expect(proxy.keys.size).toBe(2);
    } finally {
      await proxy.close();
    }
  });
});

describe("what a settings page shows", () => {
  test("is the card that is charged, and a receipt for every payment", async () => {
    const { customerId } = await bought();
    const billing = await stripe.readBilling(customerId);
    expect(billing).toMatchObject({
      card: { brand: "visa", last4: "4242" },
      receipts: [{ amountOre: 3900, currency: "sek", url: expect.stringMatching(/^http/) }],
      openInvoice: null,
    });
  });
  test("has no receipt for the 0 kr of a trial", async () => {
    const { customerId } = await bought(5);
    expect(await stripe.readBilling(customerId)).toMatchObject({ receipts: [], card: { last4: "4242" } });
  });
  test("falls back to the customer's own card once nothing is charged any more", async () => {
    const { customerId, subscription } = await bought();
    const { default_payment_method: method } = await sdk.subscriptions.retrieve(subscription);
    await sdk.customers.update(customerId, { invoice_settings: { default_payment_method: String(method) } });
    await stripe.cancelNow(subscription);
    expect(await stripe.readBilling(customerId)).toMatchObject({ card: { last4: "4242" } });
  });
  test("names what waits to be paid, and where", async () => {
    const { customerId, subscription } = await bought();
    const failing = await sdk.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customerId });
    await sdk.subscriptions.update(subscription, { default_payment_method: failing.id });
    await emulator.clock.advance(32 * DAY);
    expect((await stripe.readBilling(customerId)).openInvoice).toMatchObject({
      amountOre: 3900,
      currency: "sek",
      url: expect.stringMatching(/^http/),
    });
    await stripe.cancelNow(subscription);
    expect((await stripe.readBilling(customerId)).openInvoice).toBeNull();
  });
  test("of a customer that Stripe does not know is nothing", async () => {
    expect(await stripe.readBilling("cus_nobody")).toEqual({ card: null, receipts: [], openInvoice: null });
  });
});

/** Stands before the emulator and keeps the first refund's failure under its key, as Stripe does (stripe-facts §7). */
async function keepFailures() {
  const keys = new Set<string>();
  let kept: string | null = null;
  const failure = JSON.stringify({ error: { type: "api_error", message: "kept" } });
  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const key = String(request.headers["idempotency-key"]);
    if (request.method === "POST" && request.url === "/v1/refunds") {
      keys.add(key);
      const replayed: Record<string, string> = kept === key ? { "idempotent-replayed": "true" } : {};
      kept ??= key;
      if (kept === key) {
        response.writeHead(500, { "content-type": "application/json", ...replayed }).end(failure);
        return;
      }
    }
    const passed = ["authorization", "content-type", "idempotency-key", "stripe-version"];
    const headers = Object.fromEntries(passed.map((name) => [name, String(request.headers[name] ?? "")]));
    const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
    const answer = await fetch(emulator.url + request.url, {
      method: request.method ?? "GET",
      headers,
      ...body,
    });
    response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
  }
  const server = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
