import type Stripe from "stripe";
import { isEnded } from "../billing/cancel-subscription.ts";
import { liveSubscriptions } from "../billing/change-card.ts";
import { previewInvoice } from "../billing/preview-invoice.ts";
import { tryDiscounts } from "../billing/try-discounts.ts";
import { badState } from "../http/errors.ts";
import { hash, list, oneOf, text } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { liveCustomer } from "../objects/customer.ts";
import { DISCOUNTS, discountsAtHand, quoteDiscounts } from "./discount-params.ts";
import { named } from "./find.ts";
import { CHANGED_ITEM, changeOf } from "./price-change.ts";

const PREVIEW = hash({
  customer: text,
  discounts: DISCOUNTS,
  preview_mode: oneOf("next"),
  subscription: text,
  subscription_details: hash({
    items: list(CHANGED_ITEM),
    proration_behavior: oneOf("create_prorations", "always_invoice", "none"),
  }),
});

/** What would be invoiced next. */
export const invoicePreviewRoutes: Route[] = [route("POST /v1/invoices/create_preview", PREVIEW, preview)];

function preview(call: Call, params: ReturnType<typeof PREVIEW>): Stripe.Invoice {
  const { world } = call;
  const first = params.customer ? liveSubscriptions(world, params.customer).at(-1)?.id : undefined;
  const at = { id: params.subscription ?? first ?? "", noun: "subscription", param: "subscription" };
  const subscription = named(call, "subscriptions", at);
  if (isEnded(subscription) || subscription.cancel_at !== null || subscription.status === "paused")
    throw badState("No upcoming invoices for customer.", { code: "invoice_upcoming_none" });
  const change = changeOf(call, subscription, params.subscription_details ?? {});
  if (params.discounts === undefined) return previewInvoice(world, subscription, { change });
  const customer = String(subscription.customer);
  const entries = quoteDiscounts(world, params.discounts ?? [], {
    amount: previewInvoice(world, subscription, { change, discounts: [] }).subtotal,
    currency: subscription.currency,
    customer,
    has: discountsAtHand([subscription], liveCustomer(world, customer)),
    param: "discounts",
  });
  return tryDiscounts(world, { entries, owner: { customer } }, (discounts) =>
    previewInvoice(world, subscription, { change, discounts }),
  );
}
