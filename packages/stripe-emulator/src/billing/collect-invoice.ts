import type Stripe from "stripe";
import { liveCustomer } from "../objects/customer.ts";
import { subscriptionOfInvoice } from "../objects/invoice.ts";
import { attemptPayment } from "./attempt-payment.ts";
import { DAY } from "./calendar.ts";
import { cancelSubscription } from "./cancel-subscription.ts";
import { finalizeInvoice, intentOfInvoice, markPaid, mustGet } from "./invoicing.ts";
import type { Verdict } from "./judge-card.ts";
import { paymentMethodOf } from "./payment-methods.ts";
import type { EventType, World } from "./world.ts";

/** As seen in event logs of renewals, paid and failed (stripe-facts 2 E, G, H). */
const USUAL_ORDER: readonly EventType[] = [
  "invoice.finalized",
  "payment_intent.created",
  "payment_intent.succeeded",
  "charge.succeeded",
  "charge.failed",
  "payment_intent.payment_failed",
  "payment_intent.requires_action",
  "invoice.updated",
  "invoice.paid",
  "invoice.payment_succeeded",
  "invoice.payment_action_required",
  "invoice.payment_failed",
  "customer.subscription.updated",
  "customer.subscription.deleted",
];

export type Attempt = Verdict | { kind: "no_payment_method" };

/** The second phase of a renewal: the draft is finalized and charged. */
export function finalizeAndCollect(world: World, id: string): void {
  world.inOrder(USUAL_ORDER, () => {
    finalizeInvoice(world, id);
    collectInvoice(world, id);
  });
}

/** Charges an open invoice without the customer present; the subscription follows the outcome. */
export function collectInvoice(world: World, id: string): Attempt {
  return world.inOrder(USUAL_ORDER, () => {
    const attempt = payInvoice(world, id);
    const subscription = world.store.get("subscriptions", subscriptionOfInvoice(mustGet(world, id)) ?? "");
    if (subscription === undefined) return attempt;
    if (attempt.kind === "ok") recover(world, subscription, id);
    else fallBehind(world, subscription.id, id);
    return attempt;
  });
}

/** One attempt at an open invoice; only the invoice and its payment change. */
export function payInvoice(world: World, id: string): Attempt {
  const invoice = mustGet(world, id);
  if (invoice.status !== "open") return { kind: "ok" };
  const subscription = world.store.get("subscriptions", subscriptionOfInvoice(invoice) ?? "");
  const attempt: Attempt = invoice.amount_due === 0 ? { kind: "ok" } : charge(world, invoice, subscription);
  if (attempt.kind === "ok") markPaid(world, id);
  else noteFailure(world, invoice, attempt);
  return attempt;
}

function charge(
  world: World,
  invoice: Stripe.Invoice,
  subscription: Stripe.Subscription | undefined,
): Attempt {
  const method = subscription === undefined ? null : paymentMethodOf(world, subscription);
  if (method === null) return { kind: "no_payment_method" };
  const customer = String(invoice.customer);
  const email = liveCustomer(world, customer)?.email ?? null;
  return attemptPayment(world, intentOfInvoice(world, invoice), {
    method,
    customer,
    email,
    challengePassed: false,
  });
}

function noteFailure(world: World, invoice: Stripe.Invoice, attempt: Attempt): void {
  const wait = world.settings.retryDays[invoice.attempt_count];
  const after = world.update("invoice.updated", invoice.id, {
    attempted: true,
    attempt_count: invoice.attempt_count + 1,
    next_payment_attempt: wait === undefined || isFirst(invoice) ? null : world.now() + wait * DAY,
  });
  if (attempt.kind === "challenge") world.emit("invoice.payment_action_required", after);
  world.emit("invoice.payment_failed", after);
}

/** A first invoice is not retried by itself: its subscription is incomplete and has 23 hours. */
function isFirst(invoice: Stripe.Invoice): boolean {
  return invoice.billing_reason === "subscription_create";
}

/** Paying the latest invoice heals the subscription; older ones do not count. */
function recover(world: World, subscription: Stripe.Subscription, invoice: string): void {
  const ill = ["past_due", "unpaid", "incomplete"].includes(subscription.status);
  if (!ill || subscription.latest_invoice !== invoice) return;
  world.update("customer.subscription.updated", subscription.id, { status: "active" });
}

function fallBehind(world: World, subscriptionId: string, invoiceId: string): void {
  const status = world.store.get("subscriptions", subscriptionId)?.status;
  const invoice = world.store.get("invoices", invoiceId);
  if (invoice === undefined || (status !== "active" && status !== "past_due")) return;
  if (invoice.next_payment_attempt !== null || world.settings.afterLastRetry === "past_due") {
    world.update("customer.subscription.updated", subscriptionId, { status: "past_due" });
  } else if (world.settings.afterLastRetry === "unpaid") {
    world.update("customer.subscription.updated", subscriptionId, { status: "unpaid" });
  } else {
    cancelSubscription(world, subscriptionId, { reason: "payment_failed" });
  }
}
