import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { type Emulator, type EmulatorOptions, startEmulator } from "../src/index.ts";

/** A shop beside the emulator: the unchanged SDK, and an endpoint that verifies every signature it gets. */
export interface Shop {
  emulator: Emulator;
  stripe: Stripe;
  /** What arrived and verified, in order. */
  received: Stripe.Event[];
  /** The emulator's time (ms) as each arrived. */
  receivedAt: number[];
  /** Why the others did not verify. */
  refused: string[];
  /** The types of what arrived since the last call. */
  heard(): string[];
  /** What the endpoint answers from now on; 200 at first. */
  answer(status: number): void;
  hookUrl: string;
  close(): Promise<void>;
}

export const SECRET = "whsec_test_shop";
export const START = Date.UTC(2026, 0, 31, 12, 0, 0);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** What is told of a draft that is finalized and paid at once with a card. */
export const PAID = [
  "invoice.finalized",
  "payment_intent.created",
  "payment_intent.succeeded",
  "charge.succeeded",
  "invoice.updated",
  "invoice.paid",
  "invoice.payment_succeeded",
] as const;

/** Starts emulator and shop on free ports, with a clock that stands until it is advanced. */
export async function openShop(options: EmulatorOptions = {}): Promise<Shop> {
  const received: Stripe.Event[] = [];
  const receivedAt: number[] = [];
  const refused: string[] = [];
  let heardUpTo = 0;
  let status = 200;
  const verifier = sdkFor(1);
  const hook = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const header = String(request.headers["stripe-signature"]);
      if (status >= 300) {
        response.writeHead(status).end();
        return;
      }
      try {
        received.push(verifier.webhooks.constructEvent(body, header, SECRET));
        receivedAt.push(emulator.clock.now());
        response.writeHead(status).end();
      } catch (error) {
        refused.push(error instanceof Error ? (error.message.split(".")[0] ?? "") : String(error));
        response.writeHead(400).end();
      }
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  const hookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`;
  const emulator = await startEmulator({
    clock: { now: () => START },
    seed: 7,
    forwardTo: hookUrl,
    webhookSecret: SECRET,
    ...options,
  }).catch((error: unknown) => {
    hook.close();
    throw error;
  });
  return {
    emulator,
    stripe: sdkFor(emulator.port),
    received,
    receivedAt,
    refused,
    heard() {
      const types = received.slice(heardUpTo).map(({ type }) => type);
      heardUpTo = received.length;
      return types;
    },
    answer(next) {
      status = next;
    },
    hookUrl,
    async close() {
      await emulator.close();
      await new Promise((resolve) => hook.close(resolve));
    },
  };
}

/** The unchanged SDK, pointed at a port; without retries, so that each answer is seen. */
export function sdkFor(port: number, key = "sk_test_shop"): Stripe {
  return new Stripe(key, {
    host: "127.0.0.1",
    port,
    protocol: "http",
    telemetry: false,
    maxNetworkRetries: 0,
  });
}

/** A product with its monthly price of 39 kr. */
export function makePrice({ stripe }: Shop): Promise<Stripe.Price> {
  return stripe.prices.create({
    currency: "sek",
    unit_amount: 3900,
    recurring: { interval: "month" },
    tax_behavior: "inclusive",
    product_data: { name: "LiveAssist Permission" },
  });
}

/** A customer, a price and an open session for them. */
export async function openCheckout(
  shop: Shop,
  params: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Promise<{ customer: Stripe.Customer; price: Stripe.Price; session: Stripe.Checkout.Session }> {
  const customer = await shop.stripe.customers.create({
    email: "ada@example.com",
    metadata: { userId: "u1" },
  });
  const price = await makePrice(shop);
  const session = await shop.stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: "http://shop.example/return?session_id={CHECKOUT_SESSION_ID}",
    cancel_url: "http://shop.example/cancelled",
    ...params,
  });
  await shop.emulator.settled();
  shop.heard();
  return { customer, price, session };
}

/** Buys with a card (or none) and answers the subscription. */
export async function buy(
  shop: Shop,
  { card, ...params }: Partial<Stripe.Checkout.SessionCreateParams> & { card?: string | null } = {},
): Promise<{
  subscription: Stripe.Subscription;
  customer: Stripe.Customer;
  session: Stripe.Checkout.Session;
}> {
  const { customer, session } = await openCheckout(shop, params);
  const result = await shop.emulator.completeCheckout(session.id, card);
  if (result.outcome !== "complete") throw new Error(`not paid: ${JSON.stringify(result)}`);
  await shop.emulator.settled();
  const subscription = await shop.stripe.subscriptions.retrieve(String(result.session.subscription));
  return { subscription, customer, session: result.session };
}

/** What a rejected call was refused with. */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Stripe.errors.StripeError))
    throw new Error(`expected a refusal, got ${String(error)}`);
  return error;
}
