import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import { liveCustomer } from "./customer.ts";
import { lineOfItem } from "./invoice-item.ts";
import { buildInvoiceLine } from "./invoice-line.ts";

export interface InvoiceInput {
  subscription: Stripe.Subscription;
  reason: "subscription_create" | "subscription_cycle" | "subscription_update";
  /** Null: charged and finalized at once. */
  finalizesAt: number | null;
  /** The first invoice of a trial: the same lines for 0. */
  free: boolean;
  /** False: only prorations, nothing for the running period. Default true. */
  withItems?: boolean;
  prorations?: readonly Stripe.InvoiceItem[];
}

/** A draft of what a subscription owes for its running period. */
export function buildInvoice(world: World, input: InvoiceInput): Stripe.Invoice {
  const { subscription } = input;
  const id = world.id("in");
  const customerId = String(subscription.customer);
  const customer = liveCustomer(world, customerId);
  const items = input.withItems === false ? [] : subscription.items.data;
  const lines = [
    ...(input.prorations ?? []).map((proration) => lineOfItem(world, id, proration)),
    ...items.map((item) => buildInvoiceLine(world, { invoice: id, subscription, item, free: input.free })),
  ];
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const start = world.now();
  return {
    id,
    object: "invoice",
    account_country: "SE",
    account_name: "Stripe emulator",
    account_tax_ids: null,
    amount_due: total,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_paid_off_stripe: 0,
    amount_remaining: total,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: input.finalizesAt,
    billing_reason: input.reason,
    collection_method: "charge_automatically",
    created: start,
    currency: subscription.currency,
    custom_fields: null,
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
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: "list", data: lines, has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: {},
    next_payment_attempt: input.finalizesAt,
    number: null,
    on_behalf_of: null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: "subscription_details",
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    // A renewal's own period is the one that ended; its lines show the one that is paid (Stripe's docs on invoices).
    period_end: start,
    period_start: input.reason === "subscription_cycle" ? previousStart(world, subscription) : start,
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
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: customer?.test_clock ?? null,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
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
