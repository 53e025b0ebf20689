import type Stripe from "stripe";
import { finalizeInvoice } from "./invoicing.ts";
import { markUncollectible, voidInvoice } from "./settle-invoice.ts";
import type { World } from "./world.ts";

/**
 * What becomes of a new invoice while collection is paused: it stays a draft, or is given up or void at once, without
 * the customer's credit (docs.stripe.com/billing/subscriptions/pause-payment). False: collection is not paused.
 */
export function shelveInvoice(world: World, subscription: Stripe.Subscription, invoice: string): boolean {
  const behaviour = subscription.pause_collection?.behavior;
  if (behaviour === undefined) return false;
  if (behaviour === "keep_as_draft") return true;
  finalizeInvoice(world, invoice, true);
  if (behaviour === "void") voidInvoice(world, invoice);
  else markUncollectible(world, invoice);
  return true;
}

/** The time of the pause is over: new invoices are collected again, older ones stay as they are. */
export function resumeCollection(world: World, id: string): void {
  world.update("customer.subscription.updated", id, { pause_collection: null });
}
