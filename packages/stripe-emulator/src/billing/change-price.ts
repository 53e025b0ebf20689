import type Stripe from "stripe";
import { buildProration } from "../objects/invoice-item.ts";
import { planOfPrice } from "../objects/product.ts";
import { intervalOf } from "../objects/subscription.ts";
import { periodEnd } from "./calendar.ts";
import { collectInvoice } from "./collect-invoice.ts";
import { draftInvoice, finalizeInvoice } from "./invoicing.ts";
import type { World } from "./world.ts";

export interface PriceChange {
  /** The id of the item that changes. */
  item: string;
  price: Stripe.Price;
  quantity: number;
  /** As Stripe calls it: wait for the next invoice, invoice at once, or neither. */
  proration: "create_prorations" | "always_invoice" | "none";
}

/** The items after the change. Another interval begins a new period now; a trial goes on as it is. */
export function itemsAfter(
  world: World,
  subscription: Stripe.Subscription,
  { item: id, price, quantity }: PriceChange,
): Stripe.Subscription["items"] {
  const now = world.now();
  const restarts = startsAnew(subscription, { item: id, price });
  const data = subscription.items.data.map((item) => {
    const period = restarts
      ? {
          current_period_start: now,
          current_period_end: periodEnd(now, now, intervalOf(item.id === id ? price : item.price)),
        }
      : {};
    return item.id === id
      ? { ...item, price, plan: planOfPrice(price), quantity, ...period }
      : { ...item, ...period };
  });
  return { ...subscription.items, data };
}

/** Whether the change begins a new period. */
export function startsAnew(
  subscription: Stripe.Subscription,
  { item: id, price }: Pick<PriceChange, "item" | "price">,
): boolean {
  const before = subscription.items.data.find((item) => item.id === id);
  if (before === undefined || subscription.status === "trialing") return false;
  return JSON.stringify(intervalOf(before.price), KEYS) !== JSON.stringify(intervalOf(price), KEYS);
}

const KEYS = ["interval", "interval_count"];

/** Credit for the time left at the old price and, in the same period, what that time costs at the new one. */
export function prorationsOf(
  world: World,
  before: Stripe.Subscription,
  change: PriceChange,
): Stripe.InvoiceItem[] {
  const item = before.items.data.find(({ id }) => id === change.item);
  if (item === undefined || change.proration === "none" || before.status === "trialing") return [];
  const { current_period_start: start, current_period_end: end } = item;
  const left = Math.max(0, Math.min(1, (end - world.now()) / (end - start)));
  const cost = (price: Stripe.Price, quantity: number) =>
    Math.round((price.unit_amount ?? 0) * quantity * left);
  const changed = { ...item, price: change.price, quantity: change.quantity };
  const credit = { subscription: before, item, amount: -cost(item.price, item.quantity ?? 1), end };
  const debit = { subscription: before, item: changed, amount: cost(change.price, change.quantity), end };
  const rows = startsAnew(before, change) ? [credit] : [credit, debit];
  return rows.filter(({ amount }) => amount !== 0).map((row) => buildProration(world, row));
}

/** What a change of price costs: kept for the next invoice, or invoiced and charged at once. */
export function settleChange(
  world: World,
  before: Stripe.Subscription,
  { change, after }: { change: PriceChange; after: Stripe.Subscription },
): void {
  for (const proration of prorationsOf(world, before, change)) {
    world.store.put("invoiceItems", proration);
    world.emit("invoiceitem.created", proration);
  }
  const anew = startsAnew(before, change);
  if (!anew && (change.proration !== "always_invoice" || before.status === "trialing")) return;
  const invoice = draftInvoice(world, {
    subscription: after,
    reason: "subscription_update",
    finalizesAt: null,
    free: false,
    withItems: anew,
  });
  world.update("customer.subscription.updated", after.id, { latest_invoice: invoice.id });
  finalizeInvoice(world, invoice.id);
  collectInvoice(world, invoice.id);
}
