import type Stripe from "stripe";
import { subscriptionOfInvoice } from "../objects/invoice.ts";
import { collectInvoice, fallBehind, planNextAttempt } from "./collect-invoice.ts";
import { mustGet } from "./invoicing.ts";
import { methodOfInvoice } from "./method-of-invoice.ts";
import type { World } from "./world.ts";

/**
 * The next try of the schedule. After a hard decline, or a challenge nobody answered, the same card is not charged
 * again: the try only counts (docs.stripe.com/billing/revenue-recovery/smart-retries).
 */
export function retryInvoice(world: World, id: string): void {
  const invoice = mustGet(world, id);
  const method = methodOfInvoice(world, invoice);
  if (method === null || !isHopeless(world, invoice, method)) {
    collectInvoice(world, id);
    return;
  }
  planNextAttempt(world, invoice);
  const subscription = subscriptionOfInvoice(invoice);
  if (subscription !== null && invoice.billing_reason !== "manual") fallBehind(world, subscription, id);
}

function isHopeless(world: World, invoice: Stripe.Invoice, method: Stripe.PaymentMethod): boolean {
  const [payment] = world.store.where("invoicePayments", "invoice", invoice.id);
  const intent = world.store.get("paymentIntents", String(payment?.payment.payment_intent));
  if (intent?.status === "requires_action") return intent.payment_method === method.id;
  const charge = world.store.get("charges", String(intent?.latest_charge));
  if (charge === undefined || charge.payment_method !== method.id) return false;
  return charge.outcome?.advice_code === "do_not_try_again";
}
