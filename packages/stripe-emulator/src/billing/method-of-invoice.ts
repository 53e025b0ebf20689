import type Stripe from "stripe";
import { subscriptionOfInvoice } from "../objects/invoice.ts";
import { paymentMethodOf } from "./payment-methods.ts";
import type { World } from "./world.ts";

/** The card an invoice is charged on by itself: its own, else its subscription's, else its customer's default. */
export function methodOfInvoice(world: World, invoice: Stripe.Invoice): Stripe.PaymentMethod | null {
  const own = world.store.get("paymentMethods", String(invoice.default_payment_method));
  if (own !== undefined && own.customer !== null) return own;
  const subscription = world.store.get("subscriptions", subscriptionOfInvoice(invoice) ?? "");
  if (subscription !== undefined) return paymentMethodOf(world, subscription);
  return paymentMethodOf(world, { customer: String(invoice.customer), default_payment_method: null });
}
