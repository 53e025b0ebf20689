import type { CheckoutTerms } from "./checkout-terms.ts";
import type { EventType } from "./world.ts";

/** As in event logs of basil and later, for a payment at once and for a trial (stripe-facts 2 A, B). */
const PAID_ORDER: readonly EventType[] = [
  "charge.succeeded",
  "charge.failed",
  "charge.pending",
  "payment_intent.requires_action",
  "payment_intent.payment_failed",
  "payment_method.attached",
  "customer.created",
  "customer.updated",
  "customer.discount.created",
  "checkout.session.completed",
  "customer.subscription.created",
  "payment_intent.succeeded",
  "payment_intent.created",
  "payment_intent.processing",
  "invoiceitem.created",
  "invoice.created",
  "invoice.finalized",
  "invoice.updated",
  "invoice.paid",
  "invoice.payment_succeeded",
];
const TRIAL_ORDER: readonly EventType[] = [
  "customer.created",
  "setup_intent.created",
  "setup_intent.requires_action",
  "setup_intent.setup_failed",
  "setup_intent.succeeded",
  "payment_method.attached",
  "checkout.session.completed",
  "customer.updated",
  "customer.discount.created",
  "customer.subscription.created",
  "invoiceitem.created",
  "invoice.created",
  "invoice.finalized",
  "invoice.paid",
  "invoice.payment_succeeded",
];
/** A purchase for one time: the intent is made when the page is confirmed, and is through before the session is. */
const PURCHASE_ORDER: readonly EventType[] = [
  "customer.created",
  "payment_intent.created",
  "payment_intent.requires_action",
  "charge.failed",
  "payment_intent.payment_failed",
  "payment_intent.processing",
  "charge.pending",
  "charge.succeeded",
  "payment_intent.succeeded",
  "payment_method.attached",
  "customer.updated",
  "customer.discount.created",
  "checkout.session.completed",
  "invoiceitem.created",
  "invoice.created",
  "invoice.finalized",
  "invoice.updated",
  "invoice.paid",
  "invoice.payment_succeeded",
];

/** The order in which Stripe usually tells of what happens on the page. */
export function usualOrder({ mode, dueToday }: CheckoutTerms): readonly EventType[] {
  if (mode === "payment") return PURCHASE_ORDER;
  return dueToday > 0 ? PAID_ORDER : TRIAL_ORDER;
}
