import type Stripe from "stripe";
import { subscriptionOfInvoice } from "../objects/invoice.ts";
import { type Attempt, collectInvoice } from "./collect-invoice.ts";
import { failIntent } from "./fail-intent.ts";
import { mustGet } from "./invoicing.ts";
import { attachPaymentMethod, paymentMethodOf } from "./payment-methods.ts";
import { AUTHENTICATION_FAILED } from "./test-cards.ts";
import type { World } from "./world.ts";

/** A customer pays on the hosted page; a new card becomes the one the subscription is charged on. */
export function payHostedInvoice(
  world: World,
  id: string,
  { method, challengePassed }: { method: Stripe.PaymentMethod; challengePassed: boolean },
): Attempt {
  const attempt = collectInvoice(world, id, { byHand: true, method, challengePassed });
  if (attempt.kind !== "ok" || method.customer !== null) return attempt;
  const invoice = mustGet(world, id);
  attachPaymentMethod(world, method.id, String(invoice.customer));
  const subscription = subscriptionOfInvoice(invoice);
  if (subscription !== null)
    world.update("customer.subscription.updated", subscription, { default_payment_method: method.id });
  return attempt;
}

/** The card that waits for its 3-D Secure answer on this invoice; null when none does. */
export function challengedCard(world: World, invoice: string): Stripe.PaymentMethod | null {
  const [payment] = world.store.where("invoicePayments", "invoice", invoice);
  const intent = world.store.get("paymentIntents", String(payment?.payment.payment_intent));
  if (intent?.status !== "requires_action") return null;
  return world.store.get("paymentMethods", String(intent.payment_method)) ?? null;
}

/** The challenge was failed: nothing is charged, the invoice stays open. */
export function failInvoiceChallenge(world: World, invoice: string, method: Stripe.PaymentMethod): void {
  const [payment] = world.store.where("invoicePayments", "invoice", invoice);
  const intent = String(payment?.payment.payment_intent);
  failIntent(world, intent, { decline: AUTHENTICATION_FAILED, charge: null, method });
}

/** The card on file for an invoice's subscription. */
export function storedCard(world: World, invoice: Stripe.Invoice): Stripe.PaymentMethod | null {
  const subscription = world.store.get("subscriptions", subscriptionOfInvoice(invoice) ?? "");
  return subscription === undefined ? null : paymentMethodOf(world, subscription);
}
