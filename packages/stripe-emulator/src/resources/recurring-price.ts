import type Stripe from "stripe";
import { sameInterval } from "../billing/change-price.ts";
import { badParam, badState, notCovered } from "../http/errors.ts";
import { hash, ignored, integer, oneOf, text, uncovered } from "../http/params.ts";
import type { Call } from "../http/route.ts";
import { named } from "./find.ts";
import { createPrice } from "./prices.ts";

/** A recurring price made on the spot; it cannot be used again. */
export const RECURRING_PRICE_DATA = hash(
  {
    currency: text,
    product: text,
    recurring: hash({ interval: oneOf("day", "week", "month", "year"), interval_count: integer }, "interval"),
    tax_behavior: ignored,
    unit_amount: integer,
    unit_amount_decimal: uncovered,
  },
  "currency",
  "product",
  "recurring",
);

interface Sent {
  price?: string | null;
  price_data?: ReturnType<typeof RECURRING_PRICE_DATA> | null;
}

/** The price an item of a subscription names, or has made for it; null: it names none. */
export function recurringPrice(call: Call, sent: Sent, at: string): Stripe.Price | null {
  if (sent.price && sent.price_data)
    throw badParam(
      "parameters_exclusive",
      "You may only specify one of these parameters: price, price_data.",
      at,
    );
  if (sent.price_data) {
    const { currency, product, recurring, unit_amount } = sent.price_data;
    return createPrice(call, {
      currency,
      product,
      recurring,
      unit_amount: unit_amount ?? null,
      active: false,
    });
  }
  if (!sent.price) return null;
  const param = `${at}[price]`;
  const price = named(call, "prices", { id: sent.price, noun: "price", param });
  if (price.recurring === null)
    throw badParam(
      "parameter_invalid",
      "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
      param,
    );
  return price;
}

/** A price that is new on a subscription must still be sold. */
export function mustBeActive(price: Stripe.Price, param: string): void {
  if (!price.active)
    throw badState("The price specified is inactive. This field only accepts active prices.", {
      code: "price_inactive",
      param,
    });
}

/** All items of a subscription share currency and interval, and no price comes twice. */
export function checkTogether(prices: readonly Stripe.Price[], mode: string): void {
  const [first] = prices;
  for (const [index, price] of prices.entries()) {
    if (first === undefined) return;
    const param = `items[${index}][price]`;
    if (price.currency !== first.currency)
      throw badParam(
        "parameter_invalid",
        `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${first.currency}\`.`,
        param,
      );
    if (!sameInterval(price, first))
      throw badParam(
        "parameter_invalid",
        "All prices on a subscription must have the same `recurring.interval` and `recurring.interval_count`. If you meant to update an existing subscription item instead of creating a new one, make sure to include the subscription item ID in your request.",
        param,
      );
    if (prices.findIndex(({ id }) => id === price.id) === index) continue;
    if (mode === "flexible") throw notCovered(`${param} (the same price twice)`);
    throw badState(`Cannot add multiple subscription items with the same plan: ${price.id}`, { param });
  }
}
