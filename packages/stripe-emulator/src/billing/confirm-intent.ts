import type Stripe from "stripe";
import { attemptPayment } from "./attempt-payment.ts";
import { type Attempt, collectInvoice } from "./collect-invoice.ts";
import type { Verdict } from "./judge-card.ts";
import { attachPaymentMethod } from "./payment-methods.ts";
import type { World } from "./world.ts";

export interface Confirmation {
  method: Stripe.PaymentMethod;
  /** Whether somebody is there to answer a challenge. */
  session: "on" | "off";
  returnUrl: string | null;
  challengePassed: boolean;
}

/** Tries to pay an intent through the API. An invoice's intent pays its invoice, and its subscription follows. */
export function confirmIntent(world: World, id: string, how: Confirmation): Verdict {
  const intent = mustGet(world, id);
  const { method } = how;
  const customer = typeof intent.customer === "string" ? intent.customer : null;
  const invoice = openInvoiceOf(world, id);
  const verdict =
    invoice === undefined
      ? attemptPayment(world, id, { ...how, customer, email: method.billing_details.email, atOnce: true })
      : verdictOf(collectInvoice(world, invoice.id, { byHand: true, ...how }));
  const isTaken = verdict.kind === "ok" || verdict.kind === "processing";
  if (isTaken) keepOrSpend(world, intent, how);
  if (isTaken && invoice !== undefined) saveOnSubscription(world, invoice, method.id);
  return verdict;
}

/** Collecting with a method of its own always comes to a verdict. */
function verdictOf(attempt: Attempt): Verdict {
  if (attempt.kind === "no_payment_method") throw new Error("An attempt with a payment method had none.");
  return attempt;
}

/** The invoice this intent was made for, if it was made for one. */
export function invoiceOfIntent(world: World, intent: string): Stripe.Invoice | undefined {
  const [payment] = world.store.where("invoicePayments", "payment_intent", intent);
  return world.store.get("invoices", String(payment?.invoice));
}

/** The invoice this intent still has to pay, if there is one. */
export function openInvoiceOf(world: World, intent: string): Stripe.Invoice | undefined {
  const invoice = invoiceOfIntent(world, intent);
  return invoice?.status === "open" || invoice?.status === "uncollectible" ? invoice : undefined;
}

/** `setup_future_usage` makes a method the customer's; one that belongs to nobody is good for one payment. */
function keepOrSpend(world: World, intent: Stripe.PaymentIntent, how: Confirmation): void {
  const { method, challengePassed } = how;
  const isKept = intent.setup_future_usage !== null && typeof intent.customer === "string";
  if (isKept && challengePassed) world.change("cards", method.id, { authenticated: true });
  if (method.customer !== null) return;
  if (isKept) attachPaymentMethod(world, method.id, String(intent.customer));
  else world.change("cards", method.id, { spent: true });
}

/** `save_default_payment_method=on_subscription`: what paid once is charged from now on. */
function saveOnSubscription(world: World, invoice: Stripe.Invoice, method: string): void {
  const id = String(invoice.parent?.subscription_details?.subscription);
  const subscription = world.store.get("subscriptions", id);
  if (subscription?.payment_settings?.save_default_payment_method !== "on_subscription") return;
  world.update("customer.subscription.updated", id, { default_payment_method: method });
}

function mustGet(world: World, id: string): Stripe.PaymentIntent {
  const intent = world.store.get("paymentIntents", id);
  if (intent === undefined) throw new Error(`No payment intent ${id}`);
  return intent;
}
