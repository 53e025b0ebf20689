import type Stripe from "stripe";
import { badParam } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import {
  flag,
  hash,
  ignored,
  integer,
  list,
  mergeMetadata,
  metadata,
  oneOf,
  text,
  uncovered,
} from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { buildPrice, buildProduct } from "../objects/product.ts";
import { billingInterval } from "./billing-interval.ts";
import { found, named } from "./find.ts";
import { sent } from "./shapes.ts";

/** How often a price is charged, as it is sent. */
export const RECURRING = hash(
  {
    interval: oneOf("day", "week", "month", "year"),
    interval_count: integer,
    usage_type: oneOf("licensed"),
    meter: uncovered,
    trial_period_days: uncovered,
  },
  "interval",
);
const CREATE = hash(
  {
    active: flag,
    billing_scheme: oneOf("per_unit"),
    currency: text,
    currency_options: uncovered,
    custom_unit_amount: uncovered,
    lookup_key: text,
    metadata,
    nickname: text,
    product: text,
    product_data: hash(
      {
        name: text,
        active: flag,
        id: text,
        metadata,
        statement_descriptor: text,
        tax_code: text,
        tax_details: ignored,
        unit_label: text,
      },
      "name",
    ),
    recurring: RECURRING,
    tax_behavior: oneOf("exclusive", "inclusive", "unspecified"),
    tiers: uncovered,
    tiers_mode: uncovered,
    transfer_lookup_key: flag,
    transform_quantity: uncovered,
    unit_amount: integer,
    unit_amount_decimal: uncovered,
  },
  "currency",
);
const UPDATE = hash({
  active: flag,
  currency_options: uncovered,
  lookup_key: text,
  metadata,
  nickname: text,
  tax_behavior: oneOf("exclusive", "inclusive", "unspecified"),
  transfer_lookup_key: flag,
});
const LIST = hash({
  ...LIST_PARAMS,
  active: flag,
  currency: text,
  lookup_keys: list(text),
  product: text,
  recurring: hash({ interval: text, usage_type: text, meter: text }),
  type: text,
});

interface PriceParams {
  product?: string | null;
  currency: string;
  unit_amount?: number | null;
  recurring?: { interval: string; interval_count?: number | null } | null;
  active?: boolean | null;
  lookup_key?: string | null;
  transfer_lookup_key?: boolean | null;
  nickname?: string | null;
  tax_behavior?: string | null;
  metadata?: Record<string, string> | null;
}

/** Makes a price of an existing product; a lookup key that is taken is refused, or moved when asked to. */
export function createPrice(call: Call, params: PriceParams): Stripe.Price {
  const { unit_amount } = params;
  if (typeof unit_amount !== "number")
    throw badParam("parameter_missing", "Missing required param: unit_amount.", "unit_amount");
  if (unit_amount < 0)
    throw badParam("parameter_invalid_integer", "Invalid non-negative integer", "unit_amount");
  const product = named(call, "products", { id: params.product ?? "", noun: "product", param: "product" });
  if (params.lookup_key) claimLookupKey(call, params.lookup_key, params.transfer_lookup_key === true);
  const recurring = params.recurring ? billingInterval(params.recurring, "recurring") : null;
  const price = buildPrice(call.world, {
    ...params,
    product: product.id,
    currency: params.currency.toLowerCase(),
    unit_amount,
    recurring,
    metadata: mergeMetadata({}, params.metadata),
  });
  call.world.store.put("prices", price);
  call.world.emit("price.created", price);
  return price;
}

/** Prices: create, retrieve, update, list (also by lookup key). */
export const priceRoutes: Route[] = [
  route("POST /v1/prices", CREATE, (call, params) => {
    if (!params.product_data) return createPrice(call, params);
    const product = buildProduct(call.world, {
      ...params.product_data,
      metadata: mergeMetadata({}, params.product_data.metadata),
    });
    call.world.store.put("products", product);
    call.world.emit("product.created", product);
    return createPrice(call, { ...params, product: product.id });
  }),
  route("GET /v1/prices/:id", hash({}), (call) => found(call, "prices", "price")),
  route("POST /v1/prices/:id", UPDATE, (call, params) => {
    const price = found(call, "prices", "price");
    const { metadata: change, transfer_lookup_key, currency_options, ...plain } = params;
    const isNew = params.lookup_key && params.lookup_key !== price.lookup_key;
    if (isNew) claimLookupKey(call, String(params.lookup_key), transfer_lookup_key === true);
    const patch = {
      ...sent(plain as Partial<Stripe.Price>),
      metadata: mergeMetadata(price.metadata, change),
    };
    return call.world.update("price.updated", price.id, patch);
  }),
  route("GET /v1/prices", LIST, (call, params) => {
    const rows = call.world.store.all("prices").filter((row) => {
      if (typeof params.active === "boolean" && row.active !== params.active) return false;
      if (params.lookup_keys && !params.lookup_keys.includes(row.lookup_key ?? "")) return false;
      if (params.product && row.product !== params.product) return false;
      if (params.currency && row.currency !== params.currency) return false;
      if (params.recurring?.interval && row.recurring?.interval !== params.recurring.interval) return false;
      return !params.type || row.type === params.type;
    });
    return paginate(rows, params, { url: "/v1/prices", noun: "price", all: call.world.store.scan("prices") });
  }),
];

function claimLookupKey({ world }: Call, key: string, transfer: boolean): void {
  const holder = world.store.all("prices").find((row) => row.lookup_key === key);
  if (holder === undefined) return;
  if (!transfer) {
    const message = `A price (\`${holder.id}\`) already uses that lookup key. Pass transfer_lookup_key=true to take it over.`;
    throw badParam("resource_already_exists", message, "lookup_key");
  }
  world.update("price.updated", holder.id, { lookup_key: null });
}
