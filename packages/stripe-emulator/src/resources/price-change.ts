import type Stripe from "stripe";
import type { PriceChange } from "../billing/change-price.ts";
import { badParam, missing, notCovered } from "../http/errors.ts";
import { hash, ignored, integer, text, uncovered } from "../http/params.ts";
import type { Call } from "../http/route.ts";
import { named } from "./find.ts";

/** One item of a subscription as an update names it. */
export const CHANGED_ITEM = hash({
  id: text,
  price: text,
  quantity: integer,
  metadata: ignored,
  deleted: uncovered,
  price_data: uncovered,
  discounts: uncovered,
});

interface Wish {
  items?: { id?: string | null; price?: string | null; quantity?: number | null }[] | null;
  proration_behavior?: PriceChange["proration"] | null;
}

/** The change of price or quantity that an update or a preview asks for; null: none. One item at a time. */
export function changeOf(call: Call, subscription: Stripe.Subscription, wish: Wish): PriceChange | null {
  const [wanted, another] = wish.items ?? [];
  if (wanted === undefined) return null;
  if (another !== undefined || !wanted.id) throw notCovered("items (other than one, by its id)");
  const item = subscription.items.data.find(({ id }) => id === wanted.id);
  if (item === undefined) throw missing("subscription_item", wanted.id, "items[0][id]");
  const price = wanted.price
    ? named(call, "prices", { id: wanted.price, noun: "price", param: "items[0][price]" })
    : item.price;
  if (price.currency !== subscription.currency || price.recurring === null)
    throw badParam(
      "parameter_invalid",
      "The price must recur, in the subscription's currency.",
      "items[0][price]",
    );
  const quantity = wanted.quantity ?? item.quantity ?? 1;
  return { item: item.id, price, quantity, proration: wish.proration_behavior ?? "create_prorations" };
}
