import type Stripe from "stripe";
import { addInvoiceItem } from "../billing/invoice-items.ts";
import { badParam } from "../http/errors.ts";
import { mergeMetadata } from "../http/params.ts";
import type { Call } from "../http/route.ts";
import { buildManualItem } from "../objects/invoice-item.ts";
import { pricedOf } from "./priced.ts";
import type { ADDED_ITEMS } from "./subscription-fields.ts";
import { giveWished } from "./wished-discounts.ts";

/** `add_invoice_items`: prices for one time that go on the subscription's next invoice. */
export function addOnce(
  call: Call,
  subscription: Stripe.Subscription,
  items: ReturnType<typeof ADDED_ITEMS>,
): void {
  for (const [index, sentItem] of items.entries()) {
    const { price, price_data, quantity, metadata } = sentItem;
    const at = `add_invoice_items[${index}]`;
    const sent = {
      pricing: price ? { price } : null,
      price_data: price_data ?? null,
      quantity: quantity ?? null,
    };
    const priced = pricedOf(call, sent, { at, currency: subscription.currency });
    if (priced === null)
      throw badParam("parameter_missing", `Missing required param: ${at}[price].`, `${at}[price]`);
    if (priced.currency !== subscription.currency)
      throw badParam(
        "parameter_invalid",
        `The price specified only supports \`${priced.currency}\`. This doesn't match the expected currency: \`${subscription.currency}\`.`,
        `${at}[price]`,
      );
    const item = buildManualItem(call.world, {
      ...priced,
      customer: String(subscription.customer),
      subscription: subscription.id,
      description: priced.name,
      discountable: sentItem.discountable ?? true,
      metadata: mergeMetadata({}, metadata),
      period: null,
    });
    const discounts = giveWished(call, sentItem.discounts ?? [], {
      owner: { customer: String(item.customer), invoiceItem: item.id },
      amount: item.amount,
      currency: item.currency,
      param: `${at}[discounts]`,
    });
    addInvoiceItem(call.world, { ...item, discounts });
  }
}
