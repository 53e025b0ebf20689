import type Stripe from "stripe";
import { badParam, badState } from "../http/errors.ts";
import { mergeMetadata } from "../http/params.ts";
import type { Call } from "../http/route.ts";
import { buildPrice, buildProduct } from "../objects/product.ts";
import { checkQuantity } from "./amount-limits.ts";
import { billingInterval } from "./billing-interval.ts";
import type { SessionCreate } from "./checkout-params.ts";
import { named } from "./find.ts";

export interface CheckoutItem {
  price: Stripe.Price;
  quantity: number;
}

type Sent = NonNullable<SessionCreate["line_items"]>[number];

/** What a session sells, as `line_items` says; a setup sells nothing. */
export function itemsOf(call: Call, params: SessionCreate): CheckoutItem[] {
  const items = params.line_items ?? [];
  if (params.mode === "setup") {
    if (items.length > 0)
      throw badState("`line_items` cannot be used in `setup` mode.", { param: "line_items" });
    return [];
  }
  if (items.length === 0)
    throw badParam("parameter_missing", "Missing required param: line_items.", "line_items");
  const sold = items.map((item, index) => itemOf(call, item, `line_items[${index}]`));
  checkKinds(params, sold);
  return sold;
}

function itemOf(call: Call, item: Sent, at: string): CheckoutItem {
  const quantity = item.quantity ?? 1;
  if (item.price && item.price_data) {
    const message = "You may only specify one of these parameters: price, price_data.";
    throw badState(message, { code: "parameters_exclusive", param: at });
  }
  const price = item.price_data ? priceOf(call, item.price_data, at) : listedPrice(call, item, at);
  checkQuantity(price, quantity, { param: `${at}[quantity]`, least: 1 });
  return { price, quantity };
}

function listedPrice(call: Call, item: Sent, at: string): Stripe.Price {
  const param = `${at}[price]`;
  const price = named(call, "prices", { id: item.price ?? "", noun: "price", param });
  if (!price.active)
    throw badState("The price specified is inactive. This field only accepts active prices.", {
      code: "price_inactive",
      param,
    });
  return price;
}

/** A price made for one session: it cannot be used again, so it is inactive from the start. */
function priceOf(call: Call, data: NonNullable<Sent["price_data"]>, at: string): Stripe.Price {
  const { world } = call;
  const { unit_amount } = data;
  if (typeof unit_amount !== "number" || unit_amount < 0)
    throw badParam(
      "parameter_missing",
      "Missing required param: unit_amount.",
      `${at}[price_data][unit_amount]`,
    );
  const recurring = data.recurring ? billingInterval(data.recurring, `${at}[price_data][recurring]`) : null;
  const price = buildPrice(world, {
    product: productOf(call, data, at),
    currency: data.currency.toLowerCase(),
    unit_amount,
    recurring,
    active: false,
    tax_behavior: data.tax_behavior,
    metadata: {},
  });
  world.store.put("prices", price);
  world.emit("price.created", price);
  return price;
}

function productOf(call: Call, data: NonNullable<Sent["price_data"]>, at: string): string {
  if (!data.product_data) {
    const param = `${at}[price_data][product]`;
    return named(call, "products", { id: data.product ?? "", noun: "product", param }).id;
  }
  const { world } = call;
  const product = buildProduct(world, {
    ...data.product_data,
    active: false,
    metadata: mergeMetadata({}, data.product_data.metadata),
  });
  world.store.put("products", product);
  world.emit("product.created", product);
  return product.id;
}

function checkKinds({ mode }: SessionCreate, items: readonly CheckoutItem[]): void {
  const recurs = items.some(({ price }) => price.recurring !== null);
  if (mode === "payment" && recurs) {
    const hint = "Either switch to `subscription` mode or use only one-time prices.";
    throw badState(`You specified \`payment\` mode but passed a recurring price. ${hint}`, { param: "mode" });
  }
  if (mode === "subscription" && !recurs) {
    const message = "You must provide at least one recurring price in `subscription` mode when using prices.";
    throw badState(message, { param: "mode" });
  }
}

/** The one currency of what is sold; in setup mode the one that was named. */
export function currencyOf(params: SessionCreate, items: readonly CheckoutItem[]): string | null {
  const currencies = new Set(items.map(({ price }) => price.currency));
  if (currencies.size > 1)
    throw badState("All prices of a session must have the same currency.", { param: "line_items" });
  const [only] = currencies;
  const wanted = params.currency?.toLowerCase() ?? null;
  if (only === undefined) return wanted;
  if (wanted !== null && wanted !== only)
    throw badState(`The prices of this session have no amount in ${wanted}.`, { param: "currency" });
  return only;
}
