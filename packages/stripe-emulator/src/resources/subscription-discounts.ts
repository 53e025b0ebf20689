import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import { notCovered } from "../http/errors.ts";
import { hash, removed, text } from "../http/params.ts";
import { liveCustomer } from "../objects/customer.ts";
import { DISCOUNTS, discountsAtHand, endMissing, quoteDiscounts, redeemAll } from "./discount-params.ts";

const BASIL = { hint: "Use discounts instead.", before: text };

/** `discounts[]`, and what calls of versions before 2025-03-31.basil say in its place. */
export const DISCOUNT_PARAMS = {
  discounts: DISCOUNTS,
  coupon: removed("2025-03-31.basil", BASIL),
  promotion_code: removed("2025-03-31.basil", BASIL),
};

/** `billing_mode[flexible]`: prorations show what they come to; amounts beside what was taken off are not emulated. */
export const FLEXIBLE = hash({
  proration_discounts: (value, at) => {
    if (value !== "included") throw notCovered(`${at} (other than included)`);
    return value;
  },
});

type Wishes = ReturnType<typeof DISCOUNTS>;

/** What a call says about discounts of a subscription or an item. */
export interface DiscountWishes {
  discounts?: Wishes | null;
  coupon?: string | null;
  promotion_code?: string | null;
}

/** The wishes of a call, whichever way it says them; undefined: nothing was said, null: none are wanted. */
export function wishesOf({ discounts, coupon, promotion_code }: DiscountWishes): Wishes | null | undefined {
  if (discounts !== undefined) return discounts;
  if (coupon) return [{ coupon }];
  if (promotion_code) return [{ promotion_code }];
  return coupon === null || promotion_code === null ? null : undefined;
}

/**
 * The discounts a subscription has after a change: a list replaces them, null takes them away, nothing said or an
 * empty list leaves them. The new ones are redeemed; `dropDiscounts` takes away the others once the change is written.
 */
export function changedDiscounts(
  world: World,
  subscription: Stripe.Subscription,
  params: DiscountWishes,
): Partial<Stripe.Subscription> {
  const wishes = wishesOf(params);
  if (wishes === undefined || wishes?.length === 0) return {};
  if (wishes === null) return { discounts: [] };
  const customer = String(subscription.customer);
  const entries = quoteDiscounts(world, wishes, {
    amount: costOf(subscription.items.data),
    currency: subscription.currency,
    customer,
    has: discountsAtHand([subscription, ...subscription.items.data], liveCustomer(world, customer)),
    param: "discounts",
  });
  return { discounts: redeemAll(world, entries, { customer, subscription: subscription.id }) };
}

/** An item as a call names it; without an id it is a new one. */
interface SentItem {
  id?: string | null;
  discounts?: Wishes | null;
}

/**
 * The items of a subscription, or of what a change makes of it, with the discounts that a call wishes for them: a list
 * replaces what one has, null takes it away, nothing said or an empty list leaves it. The new ones are redeemed.
 */
export function itemsWithDiscounts(
  world: World,
  subscription: Stripe.Subscription,
  { sent, known }: { sent: readonly SentItem[] | null | undefined; known: readonly { id: string }[] },
): Stripe.Subscription["items"] {
  const fresh = subscription.items.data.filter((item) => !known.some(({ id }) => id === item.id));
  const ids = (sent ?? []).map(({ id }) => id ?? fresh.shift()?.id);
  const customer = String(subscription.customer);
  const data = subscription.items.data.map((item) => {
    const place = ids.indexOf(item.id);
    const wishes = sent?.[place]?.discounts;
    if (wishes === undefined || wishes?.length === 0) return item;
    const entries = quoteDiscounts(world, wishes ?? [], {
      amount: costOf([item]),
      currency: subscription.currency,
      customer,
      has: discountsAtHand([subscription, item], liveCustomer(world, customer)),
      param: `items[${place}][discounts]`,
    });
    const owner = { customer, subscription: subscription.id, subscriptionItem: item.id };
    return { ...item, discounts: redeemAll(world, entries, owner) };
  });
  return { ...subscription.items, data };
}

/** Takes away, and tells of, what a subscription or its items had before a change and have no longer. */
export function dropDiscounts(world: World, before: Stripe.Subscription, after: Stripe.Subscription): void {
  const all = (row: Stripe.Subscription) => discountsAtHand([row, ...row.items.data], null);
  endMissing(world, all(before), all(after));
}

function costOf(items: Stripe.SubscriptionItem[]): number {
  return items.reduce((sum, { price, quantity }) => sum + (price.unit_amount ?? 0) * (quantity ?? 1), 0);
}
