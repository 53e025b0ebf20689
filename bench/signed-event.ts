import { createHmac } from "node:crypto";
import { toBytes } from "./http-connection.ts";

type Json = Record<string, unknown>;

/** The `Stripe-Signature` header of a body, signed now. */
export function sign(body: string, secret: string): string {
  const at = Math.floor(Date.now() / 1000);
  return `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`;
}

/** A signed delivery, as the bytes of a request. Stripe sends its events indented. */
export function toDelivery(path: string, event: Json, secret: string): Buffer {
  const body = JSON.stringify(event, null, 2);
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "stripe-signature": sign(body, secret),
  };
  return toBytes(`POST ${path}`, headers, body);
}

/** An event of about 4 kB, as large as Stripe's about a subscription are, with an id of its own. */
export function subscriptionEvent(eventId: string, customerId: string): Json {
  const created = Math.floor(Date.now() / 1000);
  const period = { current_period_start: created, current_period_end: created + 30 * 86_400 };
  const price = {
    id: "price_bench0000000000000000",
    object: "price",
    active: true,
    billing_scheme: "per_unit",
    created,
    currency: "sek",
    custom_unit_amount: null,
    livemode: false,
    lookup_key: "liveassist_monthly",
    metadata: {},
    nickname: null,
    product: "prod_bench000000000000000",
    recurring: { interval: "month", interval_count: 1, meter: null, usage_type: "licensed" },
    tax_behavior: "inclusive",
    tiers_mode: null,
    transform_quantity: null,
    type: "recurring",
    unit_amount: 3900,
    unit_amount_decimal: "3900",
  };
  const subscription = {
    id: `sub_${customerId}`,
    object: "subscription",
    application: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: created,
    billing_mode: { type: "flexible", updated_at: created },
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, reason: null },
    collection_method: "charge_automatically",
    created,
    currency: "sek",
    customer: customerId,
    default_payment_method: "pm_bench0000000000000000000",
    discounts: [],
    ended_at: null,
    items: {
      object: "list",
      data: [
        {
          id: "si_bench000000000",
          object: "subscription_item",
          created,
          ...period,
          metadata: {},
          price,
          quantity: 1,
        },
      ],
      has_more: false,
      total_count: 1,
      url: "/v1/subscription_items",
    },
    latest_invoice: "in_bench0000000000000000000",
    livemode: false,
    metadata: { userId: "user_bench", attemptId: "attempt_bench" },
    payment_settings: {
      payment_method_options: { card: { network: null, request_three_d_secure: "automatic" } },
      payment_method_types: null,
      save_default_payment_method: "off",
    },
    status: "active",
    trial_end: null,
    trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
    trial_start: null,
  };
  return {
    id: eventId,
    object: "event",
    api_version: "2026-10-28.endive",
    created,
    data: { object: subscription, previous_attributes: { default_payment_method: null } },
    livemode: false,
    pending_webhooks: 1,
    request: { id: "req_bench000000", idempotency_key: null },
    type: "customer.subscription.updated",
  };
}
