import type Stripe from "stripe";
import { buildInvoiceLine } from "../objects/invoice-line.ts";
import { discountLines } from "./discount-lines.ts";
import { discountsInForce } from "./discounts-in-force.ts";
import type { World } from "./world.ts";

/**
 * What an item will cost for a whole interval, less the discounts that go on; those for once wait for their invoice.
 * Prorations are a part of this: they show what they come to, not what was taken off (`proration_discounts: included`).
 */
export function discountedCost(
  world: World,
  subscription: Stripe.Subscription,
  item: Stripe.SubscriptionItem,
): number {
  const lasts = (discount: string | { id: string }) =>
    world.store.get("redemptions", typeof discount === "string" ? discount : discount.id)?.coupon.duration !==
    "once";
  const discounts = discountsInForce(world, subscription).filter(lasts);
  const own = item.discounts.filter(lasts);
  if (discounts.length === 0 && own.length === 0) return fullCost(item);
  const others = subscription.items.data.filter(({ id }) => id !== item.id);
  const bare = [{ ...item, discounts: own }, ...others].map((each) =>
    buildInvoiceLine(world, { invoice: "", subscription, item: each, free: false }),
  );
  const [line] = discountLines(world, bare, discounts).lines;
  return fullCost(item) - (line === undefined ? 0 : takenOff(line));
}

/** What an item was invoiced for the interval around `at`, less what was taken off then; a credit is a part of it. */
export function invoicedCost(
  world: World,
  subscription: Stripe.Subscription,
  { item, at }: { item: Stripe.SubscriptionItem; at: number },
): number {
  const line = world.store
    .where("invoices", "subscription", subscription.id)
    .filter(({ status }) => status !== "void")
    .flatMap(({ lines }) => lines.data)
    .findLast((each) => isFor(each, item) && each.period.start <= at && at < each.period.end);
  if (line === undefined) return discountedCost(world, subscription, item);
  const off = takenOff(line);
  return off === 0 ? fullCost(item) : (fullCost(item) * (line.amount - off)) / line.amount;
}

function isFor(line: Stripe.InvoiceLineItem, item: Stripe.SubscriptionItem): boolean {
  const isOfItem = line.parent?.subscription_item_details?.subscription_item === item.id;
  return isOfItem && line.amount > 0 && line.pricing?.price_details?.price === item.price.id;
}

function fullCost({ price, quantity }: Stripe.SubscriptionItem): number {
  return (price.unit_amount ?? 0) * (quantity ?? 1);
}

function takenOff(line: Stripe.InvoiceLineItem): number {
  return (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
}
