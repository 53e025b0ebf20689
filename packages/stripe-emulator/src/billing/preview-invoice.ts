import type Stripe from "stripe";
import { buildInvoice } from "../objects/invoice.ts";
import { currentPeriodEnd, itemsInNextPeriod } from "../objects/subscription.ts";
import { itemsAfter, type PriceChange, prorationsOf, startsAnew } from "./change-price.ts";
import type { World } from "./world.ts";

/** The invoice a subscription would get next, also after a change of price; nothing is written. */
export function previewInvoice(
  world: World,
  subscription: Stripe.Subscription,
  { change, discounts }: { change: PriceChange | null; discounts?: readonly string[] | undefined },
): Stripe.Invoice {
  const changed =
    change === null ? subscription : { ...subscription, items: itemsAfter(world, subscription, change) };
  const fresh = change === null ? [] : prorationsOf(world, subscription, change);
  const now = change !== null && (startsAnew(subscription, change) || change.proration === "always_invoice");
  const end = currentPeriodEnd(subscription);
  const anchor = subscription.status === "trialing" ? end : subscription.billing_cycle_anchor;
  const items = now ? changed.items : itemsInNextPeriod(changed, end, anchor);
  const at = now ? world.now() : end;
  // At its own moment: a discount may have ended by then.
  const invoice = world.at(at, () =>
    buildInvoice(world, {
      subscription: { ...changed, items },
      reason: now ? "subscription_update" : "subscription_cycle",
      finalizesAt: null,
      free: false,
      withItems: change === null || !now || startsAnew(subscription, change),
      prorations: [...world.store.where("invoiceItems", "pending", subscription.id), ...fresh],
      ...(discounts && { discounts }),
    }),
  );
  const due = Math.max(0, invoice.total);
  const next_payment_attempt = now ? at : at + world.settings.draftSeconds;
  const id = `upcoming_${invoice.id}`;
  return {
    ...invoice,
    id,
    created: at,
    period_end: at,
    amount_due: due,
    amount_remaining: due,
    next_payment_attempt,
  };
}
