import type Stripe from "stripe";
import { type PriceChange, prorationsOf, startsAnew } from "./change-price.ts";
import { type Attempt, collectInvoice } from "./collect-invoice.ts";
import { addInvoiceItem } from "./invoice-items.ts";
import { draftInvoice, finalizeInvoice, intentOfInvoice, mustGet } from "./invoicing.ts";
import { shelveInvoice } from "./pause-collection.ts";
import type { World } from "./world.ts";

/** What an update does when money is due for it at once. */
export type UpdateBehaviour = "allow_incomplete" | "default_incomplete" | "error_if_incomplete";

/** What a change costs: kept for the next invoice, or invoiced and charged at once. Null: nothing was tried. */
export function settleChange(
  world: World,
  before: Stripe.Subscription,
  {
    change,
    after,
    behaviour,
  }: { change: PriceChange; after: Stripe.Subscription; behaviour: UpdateBehaviour },
): Attempt | null {
  if (before.status === "paused") return null; // no invoices until it is resumed
  for (const proration of prorationsOf(world, before, change)) addInvoiceItem(world, proration);
  const anew = startsAnew(before, change);
  if (!anew) {
    if (change.proration !== "always_invoice" || before.status === "trialing") return null;
    if (world.store.where("invoiceItems", "pending", before.id).length === 0) return null;
  }
  const sends = after.collection_method === "send_invoice";
  const invoice = draftInvoice(world, {
    subscription: after,
    reason: "subscription_update",
    finalizesAt: sends && after.status !== "unpaid" ? world.now() + world.settings.draftSeconds : null,
    advances: after.status !== "unpaid",
    free: change.trialEnd !== null,
    withItems: anew,
  });
  world.update("customer.subscription.updated", after.id, { latest_invoice: invoice.id });
  return settleAtOnce(world, invoice, { after, behaviour });
}

/** A draft that an update made due is finalized and charged, or waits for whoever confirms it. Null: nothing was tried. */
export function settleAtOnce(
  world: World,
  { id }: Stripe.Invoice,
  { after, behaviour }: { after: Stripe.Subscription; behaviour: UpdateBehaviour },
): Attempt | null {
  if (after.collection_method === "send_invoice" || after.status === "unpaid") return null;
  if (shelveInvoice(world, after, id)) return null;
  const { amount_due } = finalizeInvoice(world, id);
  if (behaviour !== "default_incomplete" || amount_due === 0) return collectInvoice(world, id);
  intentOfInvoice(world, mustGet(world, id));
  if (after.status === "active")
    world.update("customer.subscription.updated", after.id, { status: "past_due" });
  return null;
}
