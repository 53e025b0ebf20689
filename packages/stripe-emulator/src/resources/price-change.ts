import type Stripe from "stripe";
import type { ItemWish, PriceChange } from "../billing/change-price.ts";
import { badParam, badState, missing } from "../http/errors.ts";
import { flag, hash, ignored, integer, mergeMetadata, metadata, text, uncovered } from "../http/params.ts";
import type { Call } from "../http/route.ts";
import { checkQuantity } from "./amount-limits.ts";
import { DISCOUNTS } from "./discount-params.ts";
import { checkTogether, mustBeActive, RECURRING_PRICE_DATA, recurringPrice } from "./recurring-price.ts";

/** One item of a subscription as an update names it. */
export const CHANGED_ITEM = hash({
  billing_thresholds: uncovered,
  clear_usage: ignored,
  deleted: flag,
  discounts: DISCOUNTS,
  id: text,
  metadata,
  price: text,
  price_data: RECURRING_PRICE_DATA,
  quantity: integer,
  tax_rates: uncovered,
});

type Sent = ReturnType<typeof CHANGED_ITEM>;

interface Wish {
  items?: Sent[] | null;
  proration_behavior?: PriceChange["proration"] | null;
  proration_date?: number | null;
  anchorNow?: boolean;
  trialEnd?: number | null;
}

/** The change of items, anchor or trial that an update or a preview asks for; null: none. */
export function changeOf(call: Call, subscription: Stripe.Subscription, wish: Wish): PriceChange | null {
  const { anchorNow = false, trialEnd = null } = wish;
  const items = (wish.items ?? []).map((sent, index) => wishOf(call, subscription, { sent, index }));
  if (items.length === 0 && !anchorNow && trialEnd === null) return null;
  if (subscription.status === "incomplete")
    throw badState("A subscription whose first invoice is not paid cannot be changed in this way.");
  if (items.length > 0) checkItems(subscription, items);
  return {
    items,
    proration: wish.proration_behavior ?? "create_prorations",
    at: prorationDate(subscription, wish.proration_date),
    anchorNow,
    trialEnd,
  };
}

function wishOf(
  call: Call,
  subscription: Stripe.Subscription,
  { sent, index }: { sent: Sent; index: number },
): ItemWish {
  const at = `items[${index}]`;
  const item = subscription.items.data.find(({ id }) => id === sent.id);
  if (sent.id && item === undefined) throw missing("subscription_item", sent.id, `${at}[id]`);
  const named = recurringPrice(call, sent, at);
  const price = named ?? item?.price;
  if (price === undefined)
    throw badParam("parameter_missing", `Missing required param: ${at}[price].`, `${at}[price]`);
  const isOther = named !== null && named.id !== item?.price.id;
  if (isOther && !sent.price_data) mustBeActive(price, `${at}[price]`);
  // Another price is one of it, unless a quantity is named (comment on the parameter in the SDK).
  const quantity = sent.quantity ?? (isOther ? 1 : (item?.quantity ?? 1));
  checkQuantity(price, quantity, { param: `${at}[quantity]` });
  const deleted = sent.deleted === true;
  if (deleted && item === undefined)
    throw badParam("parameter_missing", `Missing required param: ${at}[id].`, `${at}[id]`);
  return {
    id: item?.id ?? null,
    price,
    quantity,
    metadata: mergeMetadata(item?.metadata ?? {}, sent.metadata),
    deleted,
  };
}

function checkItems(subscription: Stripe.Subscription, items: readonly ItemWish[]): void {
  const named = items.flatMap(({ id }) => (id === null ? [] : [id]));
  if (new Set(named).size < named.length)
    throw badState("The same subscription item is named twice.", { param: "items" });
  const kept = subscription.items.data.flatMap((item) => {
    const wish = items.find(({ id }) => id === item.id);
    if (wish === undefined) return [item.price];
    return wish.deleted ? [] : [wish.price];
  });
  const prices = [...kept, ...items.flatMap(({ id, price }) => (id === null ? [price] : []))];
  const [first] = prices;
  if (first === undefined)
    throw badState("A subscription must have at least one active plan.", { param: "items" });
  if (first.currency !== subscription.currency)
    throw badParam(
      "parameter_invalid",
      `The price specified only supports \`${first.currency}\`. This doesn't match the expected currency: \`${subscription.currency}\`.`,
      "items[0][price]",
    );
  checkTogether(prices, subscription.billing_mode.type);
}

function prorationDate(subscription: Stripe.Subscription, at: number | null | undefined): number | null {
  if (typeof at !== "number") return null;
  const [item] = subscription.items.data;
  if (item !== undefined && at >= item.current_period_start && at <= item.current_period_end) return at;
  throw badState("The proration_date must be within the current billing period.", {
    param: "proration_date",
  });
}
