import type Stripe from "stripe";
import { buildProration } from "../objects/invoice-item.ts";
import { planOfPrice } from "../objects/product.ts";
import { buildItem, intervalOf } from "../objects/subscription.ts";
import { addIntervals, periodEnd } from "./calendar.ts";
import { discountedCost, invoicedCost } from "./proration-discounts.ts";
import type { World } from "./world.ts";

/** One item as it is to be. */
export interface ItemWish {
  /** Null: a new item. */
  id: string | null;
  price: Stripe.Price;
  quantity: number;
  metadata: Stripe.Metadata;
  deleted: boolean;
}

export interface PriceChange {
  items: readonly ItemWish[];
  /** As Stripe calls it: wait for the next invoice, invoice at once, or neither. */
  proration: "create_prorations" | "always_invoice" | "none";
  /** From when the change counts (unix seconds); null: now. */
  at: number | null;
  /** Whether a new period begins now whatever the prices say. */
  anchorNow: boolean;
  /** A new trial begins now and ends then. */
  trialEnd: number | null;
}

type Item = Stripe.SubscriptionItem;

/** The items after the change. Another interval begins a new period now; a trial goes on as it is. */
export function itemsAfter(
  world: World,
  subscription: Stripe.Subscription,
  change: PriceChange,
): Stripe.Subscription["items"] {
  const now = world.now();
  const restarts = startsAnew(subscription, change);
  const periodOf = (
    price: Stripe.Price,
    running: Pick<Item, "current_period_end" | "current_period_start">,
  ) =>
    restarts
      ? {
          current_period_start: now,
          current_period_end: change.trialEnd ?? periodEnd(now, now, intervalOf(price)),
        }
      : {
          current_period_start: running.current_period_start,
          current_period_end: running.current_period_end,
        };
  const kept = subscription.items.data.flatMap((item) => {
    const wish = change.items.find(({ id }) => id === item.id);
    if (wish === undefined) return [{ ...item, ...periodOf(item.price, item) }];
    if (wish.deleted) return [];
    const { price, quantity, metadata } = wish;
    return [{ ...item, price, plan: planOfPrice(price), quantity, metadata, ...periodOf(price, item) }];
  });
  const [first] = subscription.items.data;
  const added = change.items.flatMap((wish) => {
    if (wish.id !== null || first === undefined) return [];
    const period = periodOf(wish.price, first);
    const { current_period_start: start, current_period_end: end } = period;
    return [{ ...buildItem(world, { ...wish, subscription: subscription.id, start, end }), created: now }];
  });
  return { ...subscription.items, data: [...kept, ...added] };
}

/** Whether the change begins a new period: told to, a new trial, or another interval. */
export function startsAnew(subscription: Stripe.Subscription, change: PriceChange): boolean {
  if (change.trialEnd !== null) return true;
  if (subscription.status === "trialing") return false;
  if (change.anchorNow) return true;
  const before = subscription.items.data[0]?.price;
  const after = change.items.find(({ deleted }) => !deleted)?.price;
  return before !== undefined && after !== undefined && !sameInterval(before, after);
}

/** Whether two prices are charged equally often. */
export function sameInterval(a: Stripe.Price, b: Stripe.Price): boolean {
  const [one, other] = [intervalOf(a), intervalOf(b)];
  return one.interval === other.interval && one.interval_count === other.interval_count;
}

/** Credit for the time left at the old price and, in the same period, what that time costs at the new one. */
export function prorationsOf(
  world: World,
  before: Stripe.Subscription,
  change: PriceChange,
): Stripe.InvoiceItem[] {
  if (change.proration === "none" || ["incomplete", "paused", "trialing"].includes(before.status)) return [];
  const at = change.at ?? world.now();
  const restarts = startsAnew(before, change);
  const [first] = before.items.data;
  const current = world.store.get("subscriptions", before.id) ?? before;
  const pairs: { was: Item | null; is: Item | null }[] = before.items.data.map((was) => {
    const wish = change.items.find(({ id }) => id === was.id);
    if (wish?.deleted) return { was, is: null };
    const { discounts } = current.items.data.find(({ id }) => id === was.id) ?? was;
    const is = wish === undefined ? was : { ...was, price: wish.price, quantity: wish.quantity, discounts };
    return { was, is };
  });
  const added = current.items.data.filter((item) => before.items.data.every(({ id }) => id !== item.id));
  for (const { id, price, quantity } of change.items)
    if (id === null && first !== undefined)
      pairs.push({ was: null, is: { ...first, discounts: [], ...added.shift(), price, quantity } });
  const rows = pairs.flatMap(({ was, is }) => {
    if (
      !restarts &&
      was !== null &&
      is !== null &&
      costOf(was, 1) === costOf(is, 1) &&
      was.price.id === is.price.id
    )
      return [];
    const credit = was && {
      item: was,
      amount: -Math.round(invoicedCost(world, before, { item: was, at }) * leftOf(before, was, at)),
    };
    const debit = is &&
      !restarts && {
        item: is,
        amount: Math.round(discountedCost(world, current, is) * leftOf(before, is, at)),
      };
    return [credit, debit].filter((row) => row !== null && row !== false);
  });
  return rows
    .filter(({ amount }) => amount !== 0)
    .map((row) =>
      buildProration(world, { subscription: before, ...row, start: at, end: row.item.current_period_end }),
    );
}

/** What is given back when a subscription ends now: the time left of every item. */
export function creditsOf(world: World, subscription: Stripe.Subscription): Stripe.InvoiceItem[] {
  if (["incomplete", "paused", "trialing"].includes(subscription.status)) return [];
  const at = world.now();
  return subscription.items.data.flatMap((item) => {
    const amount = -Math.round(
      invoicedCost(world, subscription, { item, at }) * leftOf(subscription, item, at),
    );
    const end = item.current_period_end;
    return amount === 0 ? [] : [buildProration(world, { subscription, item, amount, start: at, end })];
  });
}

function costOf({ price, quantity }: Item, share: number): number {
  return Math.round((price.unit_amount ?? 0) * (quantity ?? 1) * share);
}

/** The part of its interval that an item has left. A first period that is cut short by the anchor is part of a whole one. */
function leftOf(subscription: Stripe.Subscription, item: Item, at: number): number {
  const { current_period_start, current_period_end: end } = item;
  const isCut = subscription.billing_cycle_anchor === end;
  const start = isCut ? addIntervals(end, intervalOf(item.price), -1) : current_period_start;
  return Math.max(0, Math.min(1, (end - at) / (end - start)));
}
