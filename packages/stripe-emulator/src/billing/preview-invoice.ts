import type Stripe from "stripe";
import { liveCustomer } from "../objects/customer.ts";
import { buildInvoice, type InvoiceInput } from "../objects/invoice.ts";
import { currentPeriodEnd, itemsInNextPeriod } from "../objects/subscription.ts";
import { itemsAfter, type PriceChange, prorationsOf, startsAnew } from "./change-price.ts";
import { pendingItems } from "./invoicing.ts";
import type { World } from "./world.ts";

/** The invoice a subscription would get next, also after a change of price; nothing is written. */
export function previewInvoice(
  world: World,
  subscription: Stripe.Subscription,
  {
    change = null,
    discounts,
  }: { change?: PriceChange | null; discounts?: readonly string[] | undefined } = {},
): Stripe.Invoice {
  const changed =
    change === null ? subscription : { ...subscription, items: itemsAfter(world, subscription, change) };
  const fresh = change === null ? [] : prorationsOf(world, subscription, change);
  const now = change !== null && (startsAnew(subscription, change) || change.proration === "always_invoice");
  const end = currentPeriodEnd(subscription);
  const anchor = subscription.status === "trialing" ? end : subscription.billing_cycle_anchor;
  const items = now ? changed.items : itemsInNextPeriod(changed, end, anchor);
  const about: InvoiceInput = {
    subscription: { ...changed, items },
    reason: now ? "subscription_update" : "subscription_cycle",
    finalizesAt: null,
    free: typeof change?.trialEnd === "number",
    withItems: change === null || !now || startsAnew(subscription, change),
    ...(discounts !== undefined && { discounts }),
  };
  const prorations = [...pendingItems(world, about), ...fresh];
  const at = now ? world.now() : end;
  // At its own moment: a discount may have ended by then.
  const invoice = world.at(at, () => buildInvoice(world, { ...about, prorations }));
  const next_payment_attempt = now ? at : at + world.settings.draftSeconds;
  const seen = asPreview(world, { ...invoice, created: at, period_end: at, next_payment_attempt });
  return fresh.length === 0 ? seen : withProrationDate(seen, change?.at ?? world.now());
}

/** An invoice as a preview shows it: with an id of its own kind, and with the customer's balance counted. */
export function asPreview(world: World, invoice: Stripe.Invoice): Stripe.Invoice {
  const balance = liveCustomer(world, String(invoice.customer))?.balance ?? 0;
  const due = Math.max(0, invoice.total + balance);
  return {
    ...invoice,
    id: `upcoming_${invoice.id}`,
    billing_reason: "upcoming",
    amount_due: due,
    amount_remaining: due,
    starting_balance: balance,
    ending_balance: Math.min(0, invoice.total + balance),
  };
}

function withProrationDate(invoice: Stripe.Invoice, at: number): Stripe.Invoice {
  const details = invoice.parent?.subscription_details;
  if (!invoice.parent || !details) return invoice;
  return {
    ...invoice,
    parent: { ...invoice.parent, subscription_details: { ...details, subscription_proration_date: at } },
  };
}
