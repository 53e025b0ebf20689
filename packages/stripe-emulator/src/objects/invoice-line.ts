import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import { wireDecimal } from "./decimal.ts";
import { intervalOf } from "./subscription.ts";

/** What one item of a subscription costs for its running period. */
export function buildInvoiceLine(
  world: World,
  input: {
    invoice: string;
    subscription: Stripe.Subscription;
    item: Stripe.SubscriptionItem;
    free: boolean;
    /** The part of an interval that the period is; default a whole one. */
    share?: number;
  },
): Stripe.InvoiceLineItem {
  const { item, subscription, free, share } = input;
  const unit = free ? 0 : (item.price.unit_amount ?? 0);
  const quantity = item.quantity ?? 1;
  const product = String(item.price.product);
  const name = world.store.get("products", product)?.name ?? product;
  const amount = Math.round(unit * quantity * (share ?? 1));
  return {
    id: world.id("il"),
    object: "line_item",
    amount,
    currency: subscription.currency,
    description: free ? `Trial period for ${name}` : `${quantity} × ${name} (at ${priceText(item.price)})`,
    discount_amounts: [],
    discountable: true,
    discounts: item.discounts,
    invoice: input.invoice,
    livemode: false,
    metadata: subscription.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: share !== undefined,
        proration_details: { credited_items: null },
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: "subscription_item_details",
    },
    period: { end: item.current_period_end, start: item.current_period_start },
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: item.price.id, product },
      type: "price_details",
      unit_amount_decimal: wireDecimal(unit),
    },
    quantity,
    quantity_decimal: wireDecimal(quantity),
    subscription: subscription.id,
    subtotal: amount,
    taxes: [],
  };
}

function priceText(price: Stripe.Price): string {
  const { interval, interval_count } = intervalOf(price);
  const every = interval_count === 1 ? interval : `${interval_count} ${interval}s`;
  return `${((price.unit_amount ?? 0) / 100).toFixed(2)} ${price.currency.toUpperCase()} / ${every}`;
}
