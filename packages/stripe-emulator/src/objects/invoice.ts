import type Stripe from "stripe";
import { DAY } from "../billing/calendar.ts";
import { discountsInForce, discountsOfCustomer } from "../billing/discounts-in-force.ts";
import type { World } from "../billing/world.ts";
import { liveCustomer } from "./customer.ts";
import { lineOfItem } from "./invoice-item.ts";
import { buildInvoiceLine } from "./invoice-line.ts";
import { totalsOf } from "./invoice-totals.ts";

interface Contents {
  /** Null: charged and finalized at once, or only when somebody asks for it. */
  finalizesAt: number | null;
  /** False: a draft that is not finalized and charged by itself. Default true. */
  advances?: boolean;
  /** The first invoice of a trial: the same lines for 0. */
  free?: boolean;
  /** The part of an interval that the lines are for; default a whole one. */
  share?: number;
  /** False: only prorations and other items, nothing for the running period. Default true. */
  withItems?: boolean;
  /** What was waiting for an invoice: prorations and items made by hand. */
  prorations?: readonly Stripe.InvoiceItem[];
  /** The ids of the discounts that count; default those of the subscription, else of the customer. */
  discounts?: readonly string[];
}

/** What an invoice is for: a subscription, or a customer alone (`manual`, without a parent). */
export type InvoiceInput = Contents &
  (
    | {
        subscription: Stripe.Subscription;
        reason: "manual" | "subscription_create" | "subscription_cycle" | "subscription_update";
      }
    | { subscription: null; reason: "manual"; customer: string; currency: string }
  );

/** A draft of what a subscription owes for its running period, or of what else a customer owes. */
export function buildInvoice(world: World, input: InvoiceInput): Stripe.Invoice {
  const { subscription } = input;
  const id = world.id("in");
  const customerId = subscription === null ? input.customer : String(subscription.customer);
  const customer = liveCustomer(world, customerId);
  const inherited =
    subscription === null ? discountsOfCustomer(world, customerId) : discountsInForce(world, subscription);
  const discounts = input.discounts ?? inherited;
  const { lines, sums } = contentsOf(world, id, { ...input, discounts });
  const send = subscription?.collection_method === "send_invoice";
  const shelved =
    input.reason !== "manual" && subscription !== null && subscription.pause_collection !== null;
  const finalizesAt = shelved ? null : input.finalizesAt;
  const start = world.now();
  return {
    id,
    object: "invoice",
    account_country: "SE",
    account_name: "Stripe emulator",
    account_tax_ids: null,
    ...sums,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_paid_off_stripe: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: !shelved && input.advances !== false,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: finalizesAt,
    billing_reason: input.reason,
    collection_method: subscription?.collection_method ?? "charge_automatically",
    created: start,
    currency: subscription === null ? input.currency : subscription.currency,
    custom_fields: customer?.invoice_settings.custom_fields ?? null,
    customer: customerId,
    customer_account: null,
    customer_address: customer?.address ?? null,
    customer_email: customer?.email ?? null,
    customer_name: customer?.name ?? null,
    customer_phone: customer?.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [...discounts],
    due_date: send ? start + (subscription.days_until_due ?? 0) * DAY : null,
    effective_at: null,
    ending_balance: null,
    footer: customer?.invoice_settings.footer ?? null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: "list", data: lines, has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: {},
    next_payment_attempt: send ? null : finalizesAt,
    number: null,
    on_behalf_of: null,
    parent: subscription === null ? null : parentOf(subscription),
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    // A renewal's own period is the one that ended; its lines show the one that is paid (Stripe's docs on invoices).
    period_end: start,
    period_start: input.reason === "subscription_cycle" ? previousStart(world, input.subscription) : start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    test_clock: customer?.test_clock ?? null,
    total_taxes: [],
    webhooks_delivered_at: null,
  };
}

function contentsOf(world: World, invoice: string, input: InvoiceInput & { discounts: readonly string[] }) {
  const lines = (input.prorations ?? []).map((proration) => lineOfItem(world, invoice, proration));
  const { subscription, free = false } = input;
  const share = input.share === undefined ? {} : { share: input.share };
  if (subscription !== null && input.withItems !== false) {
    for (const item of subscription.items.data)
      lines.push(buildInvoiceLine(world, { invoice, subscription, item, free, ...share }));
  }
  return totalsOf(world, lines, input.discounts);
}

function parentOf(subscription: Stripe.Subscription): Stripe.Invoice["parent"] {
  return {
    quote_details: null,
    subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
    type: "subscription_details",
  };
}

function previousStart(world: World, subscription: Stripe.Subscription): number {
  return (
    world.store.get("subscriptions", subscription.id)?.items.data[0]?.current_period_start ?? world.now()
  );
}

/** The subscription an invoice belongs to (`parent.subscription_details` since basil). */
export function subscriptionOfInvoice(invoice: Stripe.Invoice): string | null {
  const subscription = invoice.parent?.subscription_details?.subscription;
  return typeof subscription === "string" ? subscription : (subscription?.id ?? null);
}

/** The link between an invoice and the intent that pays it. */
export function buildInvoicePayment(
  world: World,
  invoice: Stripe.Invoice,
  intent: string,
): Stripe.InvoicePayment {
  return {
    id: world.id("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: world.now(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  };
}
