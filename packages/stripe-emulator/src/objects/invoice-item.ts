import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import { liveCustomer } from "./customer.ts";
import { wireDecimal } from "./decimal.ts";

export interface ProrationInput {
  subscription: Stripe.Subscription;
  item: Stripe.SubscriptionItem;
  /** Negative: credit for time not used. */
  amount: number;
  start: number;
  end: number;
}

/** What a change in the middle of a period costs or gives back; waits for the next invoice. */
export function buildProration(world: World, input: ProrationInput): Stripe.InvoiceItem {
  const { subscription, item, amount } = input;
  const customer = String(subscription.customer);
  const product = String(item.price.product);
  const name = world.store.get("products", product)?.name ?? product;
  return {
    id: world.id("ii"),
    object: "invoiceitem",
    amount,
    currency: subscription.currency,
    customer,
    customer_account: null,
    date: world.now(),
    description: `${amount < 0 ? "Unused" : "Remaining"} time on ${name}`,
    discountable: false,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    parent: {
      subscription_details: { subscription: subscription.id, subscription_item: item.id },
      type: "subscription_details",
    },
    period: { start: input.start, end: input.end },
    pricing: {
      price_details: { price: item.price.id, product },
      type: "price_details",
      unit_amount_decimal: wireDecimal(amount),
    },
    proration: true,
    quantity: item.quantity ?? 1,
    quantity_decimal: wireDecimal(item.quantity ?? 1),
    tax_rates: [],
    test_clock: liveCustomer(world, customer)?.test_clock ?? null,
  };
}

export interface ManualItemInput {
  customer: string;
  subscription: string | null;
  amount: number;
  currency: string;
  price: Stripe.Price;
  quantity: number;
  description: string | null;
  discountable: boolean;
  metadata: Stripe.Metadata;
  period: { start: number; end: number } | null;
}

/** An item made by hand; waits for the next invoice of its subscription or customer. */
export function buildManualItem(world: World, input: ManualItemInput): Stripe.InvoiceItem {
  const now = world.now();
  const { subscription, amount, currency, customer, description, discountable, metadata } = input;
  return {
    id: world.id("ii"),
    object: "invoiceitem",
    amount,
    currency,
    customer,
    customer_account: null,
    date: now,
    description,
    discountable,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata,
    parent:
      subscription === null ? null : { subscription_details: { subscription }, type: "subscription_details" },
    period: input.period ?? { start: now, end: now },
    pricing: pricingOf(input.price),
    proration: false,
    quantity: input.quantity,
    quantity_decimal: wireDecimal(input.quantity),
    tax_rates: [],
    test_clock: liveCustomer(world, customer)?.test_clock ?? null,
  };
}

/** What an invoice item shows of its price. */
export function pricingOf(price: Stripe.Price): NonNullable<Stripe.InvoiceItem["pricing"]> {
  return {
    price_details: { price: price.id, product: String(price.product) },
    type: "price_details",
    unit_amount_decimal: wireDecimal(price.unit_amount ?? 0),
  };
}

/** An invoice item as the line of an invoice. */
export function lineOfItem(world: World, invoice: string, item: Stripe.InvoiceItem): Stripe.InvoiceLineItem {
  const subscription = item.parent?.subscription_details?.subscription ?? null;
  return {
    id: world.id("il"),
    object: "line_item",
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discount_amounts: [],
    discountable: item.discountable,
    discounts: item.discounts ?? [],
    invoice,
    livemode: false,
    metadata: item.metadata ?? {},
    parent: {
      invoice_item_details: {
        invoice_item: item.id,
        proration: item.proration,
        proration_details: { credited_items: null },
        subscription,
      },
      subscription_item_details: null,
      type: "invoice_item_details",
    },
    period: item.period,
    pretax_credit_amounts: [],
    pricing: item.pricing as Stripe.InvoiceLineItem["pricing"],
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription,
    subtotal: item.amount,
    taxes: [],
  };
}
