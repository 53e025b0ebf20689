import type Stripe from "stripe";
import { liveCustomer } from "../objects/customer.ts";
import { subscriptionOfInvoice } from "../objects/invoice.ts";
import { attemptPayment } from "./attempt-payment.ts";
import { DAY } from "./calendar.ts";
import { cancelSubscription, stopCollecting } from "./cancel-subscription.ts";
import { finalizeInvoice, intentOfInvoice, markPaid, mustGet } from "./invoicing.ts";
import type { Verdict } from "./judge-card.ts";
import { markPaused } from "./mark-paused.ts";
import { methodOfInvoice } from "./method-of-invoice.ts";
import { sendInvoice } from "./send-invoice.ts";
import { followInvoice } from "./settle-invoice.ts";
import type { EventType, World } from "./world.ts";

/** As seen in event logs of renewals, paid and failed (stripe-facts 2 E, G, H). */
const USUAL_ORDER: readonly EventType[] = [
  "invoice.finalized",
  "invoice.sent",
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

/** The second phase of a renewal: the draft is finalized, and charged or sent. */
export function finalizeAndCollect(world: World, id: string): void {
  world.inOrder(USUAL_ORDER, () => {
    const { collection_method } = finalizeInvoice(world, id);
    if (collection_method === "send_invoice") sendInvoice(world, id);
    else collectInvoice(world, id);
  });
}

/** How an invoice is paid: by itself on the stored card, or by hand. */
export interface Payment {
  /** Another card than the stored one. */
  method?: Stripe.PaymentMethod;
  /** Somebody is there, on a page or at the API: the schedule of retries stays as it is. */
  byHand?: boolean;
  challengePassed?: boolean;
  /** As in an attempt at a payment of its own. */
  session?: "on" | "off";
  returnUrl?: string | null;
}

/** Charges an open invoice; the subscription follows the outcome. */
export function collectInvoice(world: World, id: string, how: Payment = {}): Attempt {
  return world.inOrder(USUAL_ORDER, () => {
    const attempt = payInvoice(world, id, how);
    const { billing_reason } = mustGet(world, id);
    const subscription = world.store.get("subscriptions", subscriptionOfInvoice(mustGet(world, id)) ?? "");
    if (subscription === undefined || billing_reason === "manual") return attempt;
    if (attempt.kind === "ok") followInvoice(world, id);
    else if (attempt.kind === "processing") {
      if (subscription.status === "incomplete")
        world.update("customer.subscription.updated", subscription.id, { status: "active" });
    } else if (how.byHand !== true) fallBehind(world, subscription.id, id);
    else if (attempt.kind !== "challenge" && subscription.status === "active")
      world.update("customer.subscription.updated", subscription.id, { status: "past_due" });
    return attempt;
  });
}

/** One attempt at an open invoice; only the invoice and its payment change. */
export function payInvoice(world: World, id: string, how: Payment = {}): Attempt {
  const invoice = mustGet(world, id);
  if (invoice.status !== "open" && invoice.status !== "uncollectible") return { kind: "ok" };
  const attempt: Attempt = invoice.amount_due === 0 ? { kind: "ok" } : charge(world, invoice, how);
  if (attempt.kind === "ok") markPaid(world, id, { byHand: how.byHand === true });
  else if (attempt.kind !== "processing")
    noteFailure(world, invoice, { attempt, byHand: how.byHand === true });
  return attempt;
}

function charge(world: World, invoice: Stripe.Invoice, how: Payment): Attempt {
  const method = how.method ?? methodOfInvoice(world, invoice);
  if (method === null) return { kind: "no_payment_method" };
  const customer = String(invoice.customer);
  const email = liveCustomer(world, customer)?.email ?? null;
  const challengePassed = how.challengePassed === true;
  const { session, returnUrl = null } = how;
  return attemptPayment(world, intentOfInvoice(world, invoice), {
    ...{ method, customer, email, challengePassed, returnUrl },
    ...(session !== undefined && { session }),
  });
}

function noteFailure(
  world: World,
  invoice: Stripe.Invoice,
  { attempt, byHand }: { attempt: Attempt; byHand: boolean },
): void {
  if (byHand && attempt.kind === "challenge") return; // to be answered on the page
  const after =
    byHand && invoice.attempt_count > 0
      ? world.update("invoice.updated", invoice.id, { attempted: true })
      : planNextAttempt(world, invoice);
  if (attempt.kind === "challenge") world.emit("invoice.payment_action_required", after);
  world.emit("invoice.payment_failed", after);
}

/** Counts a failed try and plans the next one; null when it was the last. */
export function planNextAttempt(world: World, invoice: Stripe.Invoice): Stripe.Invoice {
  const wait = world.settings.retryDays[invoice.attempt_count];
  const last = wait === undefined || isFirst(invoice) || invoice.auto_advance === false;
  return world.update("invoice.updated", invoice.id, {
    attempted: true,
    attempt_count: invoice.attempt_count + 1,
    next_payment_attempt: last ? null : world.now() + wait * DAY,
  });
}

/** A first invoice is not retried by itself: its subscription is incomplete and has 23 hours. */
function isFirst(invoice: Stripe.Invoice): boolean {
  return invoice.billing_reason === "subscription_create";
}

/** Behind until the next try; after the last one as the settings say. */
export function fallBehind(world: World, subscriptionId: string, invoiceId: string): void {
  const status = world.store.get("subscriptions", subscriptionId)?.status;
  const invoice = world.store.get("invoices", invoiceId);
  if (invoice === undefined || (status !== "active" && status !== "past_due")) return;
  const then = invoice.next_payment_attempt === null ? world.settings.afterLastRetry : "past_due";
  if (then === "cancel") cancelSubscription(world, subscriptionId, { reason: "payment_failed" });
  else if (then === "pause") {
    markPaused(world, subscriptionId, "final_payment_failure");
    stopCollecting(world, subscriptionId);
  } else world.update("customer.subscription.updated", subscriptionId, { status: then });
}
