import { createHmac } from "node:crypto";
import { type Answer, BrowserUser } from "./browser-user.ts";
import type { StripeStub } from "./stripe-stub.ts";

type Json = Record<string, unknown>;

/** Where and with which secret to sign; `at` in seconds, default now. */
export interface Delivery {
  readonly secret: string;
  readonly at?: number;
  readonly path?: "/api/webhooks/stripe" | "/api/subscriptions/webhook";
}

/** Signs a raw body as Stripe does and posts it. */
export function deliver(baseUrl: string, event: object | string, delivery: Delivery): Promise<Answer> {
  const body = typeof event === "string" ? event : JSON.stringify(event);
  const { secret, at = Math.floor(Date.now() / 1000), path = "/api/webhooks/stripe" } = delivery;
  const signature = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
  const headers = { "stripe-signature": `t=${at},v1=${signature}` };
  return new BrowserUser(baseUrl).call(`POST ${path}`, { body, headers });
}

/** Someone who signed up and opened a checkout. */
export async function atCheckout(
  url: string,
  name: string,
  trial = false,
): Promise<{ user: BrowserUser; sessionId: string }> {
  const user = await new BrowserUser(url).signUp(name);
  const checkout = await user.post("/api/subscriptions/create-checkout", { trial });
  if (checkout.status !== 200) throw new Error(`checkout: ${JSON.stringify(checkout.body)}`);
  return { user, sessionId: String(checkout.body["sessionId"]) };
}

/** Pays a checkout at the stub; answers what came of it and the events Stripe would send. */
export function paidAt(
  stub: StripeStub,
  sessionId: string,
): { events: Json[]; subscription: Json; invoice: Json } {
  const { session, subscription, invoice } = stub.pay(sessionId);
  const events = [
    stub.event("checkout.session.completed", session),
    stub.event("customer.subscription.created", subscription),
    stub.event("invoice.paid", invoice),
    stub.event("invoice.payment_succeeded", invoice),
  ];
  return { events, subscription, invoice };
}

/** Someone who opened a checkout and paid it at the stub; no event was delivered yet. */
export async function buyer(stub: StripeStub, { url, name }: { url: string; name: string }) {
  const opened = await atCheckout(url, name);
  return { ...opened, ...paidAt(stub, opened.sessionId) };
}
