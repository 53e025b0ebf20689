import type Stripe from "stripe";
import { type CancelReason, cancelSubscription, endSubscription } from "./cancel-subscription.ts";
import { creditsOf } from "./change-price.ts";
import { collectInvoice } from "./collect-invoice.ts";
import { addInvoiceItem } from "./invoice-items.ts";
import { draftInvoice, finalizeInvoice } from "./invoicing.ts";
import type { World } from "./world.ts";

/** Ends a subscription at once; `prorate` gives back the time left, `invoiceNow` settles that and all that waits. */
export function cancelNow(
  world: World,
  id: string,
  { why, prorate, invoiceNow }: { why: CancelReason; prorate: boolean; invoiceNow: boolean },
): Stripe.Subscription {
  const before = world.store.get("subscriptions", id);
  if (before === undefined) throw new Error(`No subscription ${id}`);
  if (prorate) for (const credit of creditsOf(world, before)) addInvoiceItem(world, credit);
  const end = prorate || invoiceNow ? endSubscription : cancelSubscription;
  const canceled = end(world, id, why);
  const waits = world.store.where("invoiceItems", "pending", id).length > 0;
  if (!invoiceNow || !waits) return canceled;
  const invoice = draftInvoice(world, {
    subscription: canceled,
    reason: "subscription_update",
    finalizesAt: null,
    withItems: false,
  });
  world.change("subscriptions", id, { latest_invoice: invoice.id });
  finalizeInvoice(world, invoice.id);
  collectInvoice(world, invoice.id, { byHand: true });
  return world.store.get("subscriptions", id) ?? canceled;
}
