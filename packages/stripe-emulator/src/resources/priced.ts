import type Stripe from "stripe";
import { privatePrice } from "../billing/invoice-items.ts";
import { badParam } from "../http/errors.ts";
import { hash, ignored, integer, type Reader, removed, text, uncovered } from "../http/params.ts";
import type { Call } from "../http/route.ts";
import { checkQuantity } from "./amount-limits.ts";
import { named } from "./find.ts";

const BASIL = "2025-03-31.basil";

const DECIMAL: Reader<number> = (value, at) => {
  if (typeof value !== "string" || !/^-?\d{1,15}(\.\d{1,12})?$/.test(value))
    throw badParam("parameter_invalid_string", `Invalid decimal: ${String(value)}`, at);
  return Number(value);
};

/** A price made on the spot, for one time. */
export const PRICE_DATA = hash(
  {
    currency: text,
    product: text,
    tax_behavior: ignored,
    unit_amount: integer,
    unit_amount_decimal: DECIMAL,
  },
  "currency",
  "product",
);

/** The ways to say what an invoice item costs; exactly one of them is given. */
export const PRICED = {
  amount: integer,
  currency: text,
  price: removed(BASIL, { hint: "Use pricing[price] instead.", before: text }),
  price_data: PRICE_DATA,
  pricing: hash({ price: text }),
  quantity: integer,
  quantity_decimal: uncovered,
  unit_amount: removed(BASIL, { hint: "Use unit_amount_decimal instead.", before: integer }),
  unit_amount_decimal: DECIMAL,
};

export interface PricedParams {
  amount?: number | null;
  currency?: string | null;
  price?: string | null;
  price_data?: {
    currency: string;
    product: string;
    unit_amount?: number | null;
    unit_amount_decimal?: number | null;
  } | null;
  pricing?: { price?: string | null } | null;
  quantity?: number | null;
  unit_amount?: number | null;
  unit_amount_decimal?: number | null;
}

export interface Priced {
  price: Stripe.Price;
  quantity: number;
  amount: number;
  currency: string;
  /** The name of a price's product; null for a plain amount. */
  name: string | null;
}

/** What an item costs; null when nothing is said of it. `at` names the item in errors, `currency` is the default. */
export function pricedOf(
  call: Call,
  params: PricedParams,
  { at = "", currency: usual }: { at?: string; currency: string | null },
): Priced | null {
  const param = (name: string) => (at === "" ? name : `${at}[${name}]`);
  const unit = params.unit_amount_decimal ?? params.unit_amount ?? null;
  const id = params.pricing?.price ?? params.price ?? null;
  const ways = Object.entries({
    amount: params.amount,
    pricing: id,
    price_data: params.price_data,
    unit_amount: unit,
  });
  const [way, another] = ways.flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [name],
  );
  if (way === undefined) return null;
  if (another !== undefined || (way === "amount" && params.quantity))
    throw badParam(
      "parameters_exclusive",
      `You may only specify one of these parameters: ${way}, ${another ?? "quantity"}.`,
      param(another ?? "quantity"),
    );
  const quantity = params.quantity ?? 1;
  const priced = (price: Stripe.Price) => {
    checkQuantity(price, quantity, { param: param(way === "amount" ? "amount" : "quantity") });
    return atPrice(call, price, quantity);
  };
  if (id !== null) return priced(oneTimePrice(call, id, param("pricing[price]")));
  if (params.price_data) {
    const { product, currency, unit_amount, unit_amount_decimal } = params.price_data;
    named(call, "products", { id: product, noun: "product", param: param("price_data[product]") });
    const amount = unit_amount ?? unit_amount_decimal;
    if (amount === undefined || amount === null)
      throw badParam(
        "parameter_missing",
        `Missing required param: ${param("price_data[unit_amount]")}.`,
        param("price_data[unit_amount]"),
      );
    const price = privatePrice(call.world, { amount, currency: currency.toLowerCase(), name: "", product });
    return priced(price);
  }
  const currency = params.currency?.toLowerCase() ?? usual;
  if (currency === null)
    throw badParam("parameter_missing", `Missing required param: ${param("currency")}.`, param("currency"));
  const amount = params.amount ?? unit ?? 0;
  const price = privatePrice(call.world, { amount, currency, name: "Invoice item" });
  return { ...priced(price), name: null };
}

/** A price that is not charged again and again. */
export function oneTimePrice(call: Call, id: string, param: string): Stripe.Price {
  const price = named(call, "prices", { id, noun: "price", param });
  if (price.recurring === null) return price;
  throw badParam(
    "parameter_invalid",
    "The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.",
    param,
  );
}

function atPrice({ world }: Call, price: Stripe.Price, quantity: number): Priced {
  const name = world.store.get("products", String(price.product))?.name ?? null;
  const amount = Math.round((price.unit_amount ?? 0) * quantity);
  return { price, quantity, amount, currency: price.currency, name };
}
