import type Stripe from "stripe";
import type { Interval } from "../billing/calendar.ts";
import type { World } from "../billing/world.ts";
import { wireDecimal } from "./decimal.ts";

export interface ProductInput {
  id?: string | null | undefined;
  name: string;
  description?: string | null | undefined;
  active?: boolean | null | undefined;
  metadata: Stripe.Metadata;
  images?: string[] | null | undefined;
  url?: string | null | undefined;
  statement_descriptor?: string | null | undefined;
  unit_label?: string | null | undefined;
  tax_code?: string | null | undefined;
  marketing_features?: Stripe.Product.MarketingFeature[] | null | undefined;
  package_dimensions?: Stripe.Product.PackageDimensions | null | undefined;
  shippable?: boolean | null | undefined;
}

/** A product as Stripe renders it. */
export function buildProduct(world: World, input: ProductInput): Stripe.Product {
  return {
    id: input.id ?? world.id("prod"),
    object: "product",
    active: input.active ?? true,
    created: world.now(),
    default_price: null,
    description: input.description ?? null,
    images: input.images ?? [],
    livemode: false,
    marketing_features: input.marketing_features ?? [],
    metadata: input.metadata,
    name: input.name,
    package_dimensions: input.package_dimensions ?? null,
    shippable: input.shippable ?? null,
    statement_descriptor: input.statement_descriptor ?? null,
    tax_code: input.tax_code ?? null,
    tax_details: null,
    type: "service",
    unit_label: input.unit_label ?? null,
    updated: world.now(),
    url: input.url ?? null,
  };
}

export interface PriceInput {
  product: string;
  currency: string;
  unit_amount: number;
  recurring: Interval | null;
  active?: boolean | null | undefined;
  lookup_key?: string | null | undefined;
  nickname?: string | null | undefined;
  tax_behavior?: string | null | undefined;
  metadata: Stripe.Metadata;
}

/** A price with a fixed amount, recurring or for one time. */
export function buildPrice(world: World, input: PriceInput): Stripe.Price {
  return {
    id: world.id("price"),
    object: "price",
    active: input.active ?? true,
    billing_scheme: "per_unit",
    created: world.now(),
    currency: input.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: input.lookup_key ?? null,
    metadata: input.metadata,
    nickname: input.nickname ?? null,
    product: input.product,
    recurring: input.recurring && {
      interval: input.recurring.interval,
      interval_count: input.recurring.interval_count,
      meter: null,
      trial_period_days: null,
      usage_type: "licensed",
    },
    tax_behavior: input.tax_behavior ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: input.recurring === null ? "one_time" : "recurring",
    unit_amount: input.unit_amount,
    unit_amount_decimal: wireDecimal(input.unit_amount),
  };
}

/** The plan that every recurring price still shows beside itself. */
export function planOfPrice(price: Stripe.Price): Stripe.Plan {
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: "per_unit",
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? "month",
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: "licensed",
  };
}
