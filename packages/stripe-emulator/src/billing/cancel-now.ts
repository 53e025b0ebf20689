import type Stripe from "stripe";
import { type CancelReason, cancelSubscription, endSubscription } from "./cancel-subscription.ts";
import { creditsOf } from "./change-price.ts";
import { collectInvoice } from "./collect-invoice.ts";
import { addInvoiceItem } from "./invoice-items.ts";
import { draftInvoice, finalizeInvoice } from "./invoicing.ts";
import type { EventType, World } from "./world.ts";

/** Ends a subscription at once; `prorate` gives back the time left, `invoiceNow` settles that and all that waits. */
export function cancelNow(
  world: World,
  id: string,
  { why, prorate, invoiceNow }: { why: CancelReason; prorate: boolean; invoiceNow: boolean },
): Stripe.Subscription {
  const before = world.store.get("subscriptions", id);
  if (before === undefined) throw new Error(`No subscription ${id}`);
  if (prorate) for (const credit of creditsOf(world, before)) addInvoiceItem(world, credit);
  const waits = world.store.where("invoiceItems", "pending", id).length > 0;
  if (invoiceNow && waits) return endWithInvoice(world, before, why);
  return (prorate ? endSubscription : cancelSubscription)(world, id, why);
}

/** The last invoice is told after the end, though the end already names it. */
function endWithInvoice(world: World, before: Stripe.Subscription, why: CancelReason): Stripe.Subscription {
  return world.inOrder(USUAL_ORDER, () => {
    const { id } = draftInvoice(world, {
      subscription: before,
      reason: "subscription_update",
      finalizesAt: null,
      advances: false,
      withItems: false,
    });
    world.change("subscriptions", before.id, { latest_invoice: id });
    const canceled = endSubscription(world, before.id, why);
    finalizeInvoice(world, id);
    collectInvoice(world, id, { byHand: true });
    return canceled;
  });
}

const USUAL_ORDER: readonly EventType[] = [
  "invoiceitem.created",
  "customer.subscription.deleted",
  "invoice.created",
  "customer.updated",
  "invoice.finalized",
  "payment_intent.created",
  "payment_intent.succeeded",
  "charge.succeeded",
  "charge.failed",
  "payment_intent.payment_failed",
  "invoice.updated",
  "invoice.paid",
  "invoice.payment_succeeded",
  "invoice.payment_failed",
];
