import type Stripe from "stripe";
import { cancelNow } from "../billing/cancel-now.ts";
import { isEnded } from "../billing/cancel-subscription.ts";
import { liveSubscriptions } from "../billing/change-card.ts";
import { addInvoiceItem } from "../billing/invoice-items.ts";
import { asPreview, previewInvoice } from "../billing/preview-invoice.ts";
import { badParam, badState, notCovered } from "../http/errors.ts";
import { mergeMetadata } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { buildManualItem } from "../objects/invoice-item.ts";
import { currentPeriodEnd } from "../objects/subscription.ts";
import { named, namedCustomer } from "./find.ts";
import { newSubscription } from "./new-subscription.ts";
import { PREVIEW, type Preview, type PreviewDetails, type PreviewItem } from "./preview-params.ts";
import { changeOf } from "./price-change.ts";
import { pricedOf } from "./priced.ts";
import { inFuture } from "./subscription-fields.ts";
import { giveWished } from "./wished-discounts.ts";

/** What would be invoiced next. Some of it is carried out to see what comes of it; all of it is taken back. */
export const invoicePreviewRoutes: Route[] = [
  route("POST /v1/invoices/create_preview", PREVIEW, (call, params) => {
    try {
      return preview(call, params);
    } finally {
      call.world.store.rollback();
    }
  }),
];

function preview(call: Call, params: Preview): Stripe.Invoice {
  const details: PreviewDetails = params.subscription_details ?? {};
  const isNew = !params.subscription && details.items?.length && !details.items.some(({ id }) => id);
  if (isNew) return previewNew(call, params, details);
  const subscription = subscriptionOf(call, params);
  for (const sent of params.invoice_items ?? []) addItem(call, subscription, sent);
  if (details.cancel_now) return previewCancel(call, subscription, details);
  const ends = details.cancel_at_period_end || endsFirst(subscription, details.cancel_at);
  if (isEnded(subscription) || ends || subscription.status === "paused") throw nothingComes();
  const anchorNow = details.billing_cycle_anchor?.type === "now";
  const end = details.trial_end;
  const trialEnd = typeof end === "number" ? inFuture(call.world, end, "trial_end") : null;
  const isTrial = subscription.status === "trialing";
  const change = changeOf(call, subscription, { ...details, anchorNow, trialEnd: isTrial ? null : trialEnd });
  const seen = isTrial && end ? withTrialEnd(subscription, trialEnd ?? call.world.now()) : subscription;
  return previewInvoice(call.world, seen, { change, discounts: discountsOf(call, params, subscription) });
}

/** Whether a subscription ends before it would be invoiced again. */
function endsFirst(subscription: Stripe.Subscription, wish: PreviewDetails["cancel_at"]): boolean {
  const at = wish === undefined ? subscription.cancel_at : wish;
  if (at === null) return false;
  return typeof at === "string" || at <= currentPeriodEnd(subscription);
}

/** The one that is named, else of the customer's the one that is invoiced next. */
function subscriptionOf(call: Call, params: Preview): Stripe.Subscription {
  const { world } = call;
  if (params.subscription)
    return named(call, "subscriptions", {
      id: params.subscription,
      noun: "subscription",
      param: "subscription",
    });
  if (!params.customer)
    throw badParam("parameter_missing", "You must provide a customer or a subscription.", "customer");
  const { id } = namedCustomer(call, params.customer);
  const [next] = liveSubscriptions(world, id)
    .filter((row) => row.status !== "paused" && !endsFirst(row, undefined))
    .toSorted((a, b) => currentPeriodEnd(a) - currentPeriodEnd(b));
  if (next === undefined) throw nothingComes();
  return next;
}

function previewNew(call: Call, params: Preview, details: PreviewDetails): Stripe.Invoice {
  if (!params.customer) throw badParam("parameter_missing", "Missing required param: customer.", "customer");
  const { billing_cycle_anchor: anchor, billing_mode, items, proration_behavior, trial_end } = details;
  if (anchor?.type === "unchanged")
    throw notCovered("subscription_details[billing_cycle_anchor][type]=unchanged");
  const made = newSubscription(call, {
    customer: params.customer,
    items: (items ?? []).map(({ id: _id, deleted: _deleted, clear_usage: _clear, ...item }) => item),
    billing_cycle_anchor: anchor?.timestamp ?? null,
    billing_mode: billing_mode ?? null,
    ...(params.discounts !== undefined && { discounts: params.discounts }),
    payment_behavior: "default_incomplete",
    proration_behavior: proration_behavior ?? null,
    trial_end: trial_end ?? null,
  });
  const first = call.world.store.get("invoices", String(made.latest_invoice));
  if (first === undefined) throw nothingComes();
  return asPreview(call.world, asDraft(first));
}

function previewCancel(
  call: Call,
  subscription: Stripe.Subscription,
  details: PreviewDetails,
): Stripe.Invoice {
  if (isEnded(subscription)) throw nothingComes();
  const prorate = details.proration_behavior !== "none";
  const why = { reason: "cancellation_requested" };
  const ended = cancelNow(call.world, subscription.id, { why, prorate, invoiceNow: true });
  const last = call.world.store.get("invoices", String(ended.latest_invoice));
  if (last === undefined || last.id === subscription.latest_invoice) throw nothingComes();
  return asPreview(call.world, asDraft(last));
}

/** As if it had not been finalized while it was tried out. */
function asDraft(invoice: Stripe.Invoice): Stripe.Invoice {
  return {
    ...invoice,
    status: "draft",
    number: null,
    attempted: false,
    attempt_count: 0,
    amount_paid: 0,
    effective_at: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
  };
}

function withTrialEnd(subscription: Stripe.Subscription, end: number): Stripe.Subscription {
  const data = subscription.items.data.map((item) => ({ ...item, current_period_end: end }));
  return { ...subscription, trial_end: end, items: { ...subscription.items, data } };
}

function addItem(call: Call, subscription: Stripe.Subscription, sent: PreviewItem): void {
  const { price, ...other } = sent;
  const currency = subscription.currency;
  const priced = pricedOf(
    call,
    { ...other, pricing: price ? { price } : null },
    { at: "invoice_items", currency },
  );
  if (priced === null)
    throw badParam("parameter_missing", "Missing required param: invoice_items[amount].", "invoice_items");
  const item = buildManualItem(call.world, {
    ...priced,
    customer: String(subscription.customer),
    subscription: subscription.id,
    description: sent.description ?? priced.name,
    discountable: sent.discountable ?? priced.amount >= 0,
    metadata: mergeMetadata({}, sent.metadata),
    period: null,
  });
  addInvoiceItem(call.world, item);
}

/** Absent: those in force; an empty string: none. */
function discountsOf(
  call: Call,
  { discounts }: Preview,
  subscription: Stripe.Subscription,
): string[] | undefined {
  if (discounts === undefined) return undefined;
  const owner = { customer: String(subscription.customer), subscription: subscription.id };
  const amount = subscription.items.data.reduce(
    (sum, { price, quantity }) => sum + (price.unit_amount ?? 0) * (quantity ?? 1),
    0,
  );
  return giveWished(call, discounts ?? [], { owner, amount, currency: subscription.currency });
}

function nothingComes() {
  return badState("No upcoming invoices for customer.", { code: "invoice_upcoming_none" });
}
