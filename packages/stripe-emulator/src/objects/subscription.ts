import type Stripe from "stripe";
import { periodEnd } from "../billing/calendar.ts";
import type { World } from "../billing/world.ts";
import { liveCustomer } from "./customer.ts";
import { planOfPrice } from "./product.ts";

export interface SubscriptionInput {
  customer: string;
  items: { price: Stripe.Price; quantity: number; metadata?: Stripe.Metadata }[];
  trialEnd: number | null;
  missingPaymentMethod: string;
  metadata: Stripe.Metadata;
  description: string | null;
  defaultPaymentMethod: string | null;
  billingMode: string;
  status: Stripe.Subscription.Status;
  /** Where the billing cycle is anchored, in the future; the first period ends there. */
  anchor?: number | null;
  /** Whether the time until the anchor costs nothing. */
  freeUntilAnchor?: boolean;
  /** Days to pay an invoice that is sent; absent: invoices are charged. */
  daysUntilDue?: number | null;
}

/** A subscription at its beginning: its first period is the trial, or the first interval of its price. */
export function buildSubscription(world: World, input: SubscriptionInput): Stripe.Subscription {
  const now = world.now();
  const id = world.id("sub");
  const first = input.items[0];
  return {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: input.trialEnd ?? input.anchor ?? now,
    billing_cycle_anchor_config: null,
    billing_mode: {
      flexible: input.billingMode === "flexible" ? { proration_discounts: "included" } : null,
      type: input.billingMode,
    },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: typeof input.daysUntilDue === "number" ? "send_invoice" : "charge_automatically",
    created: now,
    currency: first?.price.currency ?? "usd",
    customer: input.customer,
    customer_account: null,
    days_until_due: input.daysUntilDue ?? null,
    default_payment_method: input.defaultPaymentMethod,
    default_source: null,
    default_tax_rates: [],
    description: input.description,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: {
      object: "list",
      data: input.items.map((item) =>
        buildItem(world, {
          subscription: id,
          start: now,
          end: input.trialEnd ?? input.anchor ?? null,
          ...item,
        }),
      ),
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    latest_invoice: null,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: input.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: "off",
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: input.status,
    test_clock: liveCustomer(world, input.customer)?.test_clock ?? null,
    transfer_data: null,
    trial_end: input.trialEnd,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: "now", missing_payment_method: input.missingPaymentMethod },
    },
    trial_start: input.trialEnd === null ? null : now,
  };
}

/** An item in a period that ends at `end`; null: after one interval of its price. */
export function buildItem(
  world: World,
  input: {
    subscription: string;
    price: Stripe.Price;
    quantity: number;
    metadata?: Stripe.Metadata;
    start: number;
    end: number | null;
  },
): Stripe.SubscriptionItem {
  const { start, price } = input;
  return {
    id: world.id("si"),
    object: "subscription_item",
    billing_thresholds: null,
    created: start,
    current_period_end: input.end ?? periodEnd(start, start, intervalOf(price)),
    current_period_start: start,
    current_trial: null,
    discounts: [],
    metadata: input.metadata ?? {},
    plan: planOfPrice(price),
    price,
    quantity: input.quantity,
    subscription: input.subscription,
    tax_rates: [],
  };
}

/** How often a price is charged; a price for one time is never asked. */
export function intervalOf(price: Stripe.Price): { interval: string; interval_count: number } {
  return price.recurring ?? { interval: "month", interval_count: 1 };
}

/** The end of the running period: the latest of all items (Stripe has no field for it since basil). */
export function currentPeriodEnd(subscription: Stripe.Subscription): number {
  return Math.max(...subscription.items.data.map((item) => item.current_period_end));
}

/** The items with their period moved on to the one that begins at `start`. */
export function itemsInNextPeriod(
  subscription: Stripe.Subscription,
  start: number,
  anchor: number,
): Stripe.Subscription["items"] {
  const data = subscription.items.data.map((item) => ({
    ...item,
    current_period_start: start,
    current_period_end: periodEnd(anchor, start, intervalOf(item.price)),
  }));
  return { ...subscription.items, data };
}
