import { notCovered } from "../http/errors.ts";
import type { FormValue } from "../http/form.ts";
import {
  flag,
  hash,
  ignored,
  integer,
  list,
  metadata,
  oneOf,
  type Reader,
  removed,
  text,
  uncovered,
} from "../http/params.ts";
import { addressParam } from "./shapes.ts";
import { FLEXIBLE } from "./subscription-discounts.ts";

const PRICE_DATA = hash(
  {
    currency: text,
    product: text,
    product_data: hash(
      {
        name: text,
        description: text,
        images: list(text),
        metadata,
        tax_code: text,
        tax_details: ignored,
        unit_label: text,
      },
      "name",
    ),
    recurring: hash({ interval: oneOf("day", "week", "month", "year"), interval_count: integer }, "interval"),
    tax_behavior: oneOf("exclusive", "inclusive", "unspecified"),
    unit_amount: integer,
    unit_amount_decimal: uncovered,
  },
  "currency",
);

const LINE_ITEM = hash({
  price: text,
  quantity: integer,
  price_data: PRICE_DATA,
  adjustable_quantity: hash({ enabled: flag, maximum: integer, minimum: integer }, "enabled"),
  tax_rates: uncovered,
  dynamic_tax_rates: uncovered,
  metadata,
});

const SUBSCRIPTION_DATA = hash({
  application_fee_percent: uncovered,
  billing_cycle_anchor: uncovered,
  billing_cycle_anchor_config: uncovered,
  billing_mode: hash({ type: oneOf("classic", "flexible"), flexible: FLEXIBLE }),
  default_tax_rates: uncovered,
  description: text,
  invoice_settings: ignored,
  metadata,
  on_behalf_of: uncovered,
  pending_invoice_item_interval: uncovered,
  proration_behavior: ignored,
  transfer_data: uncovered,
  trial_end: integer,
  trial_period_days: integer,
  trial_settings: hash({
    end_behavior: hash(
      { missing_payment_method: oneOf("cancel", "create_invoice", "pause") },
      "missing_payment_method",
    ),
  }),
  coupon: removed("2023-08-16", { hint: "Use discounts instead.", before: text }),
  trial_from_plan: removed("2023-08-16", { hint: "Use trial_period_days instead.", before: uncovered }),
});

const INVOICE_CREATION = hash(
  {
    enabled: flag,
    invoice_data: hash({
      account_tax_ids: uncovered,
      custom_fields: uncovered,
      description: text,
      footer: text,
      issuer: uncovered,
      metadata,
      rendering_options: ignored,
    }),
  },
  "enabled",
);

const SHIPPING = hash(
  { address: addressParam, name: text, carrier: text, phone: text, tracking_number: text },
  "address",
  "name",
);

const PAYMENT_INTENT_DATA = hash({
  application_fee_amount: uncovered,
  capture_method: oneOf("automatic", "automatic_async"),
  description: text,
  metadata,
  on_behalf_of: uncovered,
  receipt_email: text,
  setup_future_usage: oneOf("off_session", "on_session"),
  shipping: SHIPPING,
  statement_descriptor: text,
  statement_descriptor_suffix: text,
  transfer_data: uncovered,
  transfer_group: text,
});

const MESSAGE = hash({ message: text }, "message");

/** Options by type of payment method: none does anything here, and the one of cards that would is refused. */
const METHOD_OPTIONS: Reader<FormValue> = (value, at, version) => {
  const card = typeof value === "object" && !Array.isArray(value) ? value["card"] : undefined;
  if (typeof card === "object" && !Array.isArray(card) && card["request_three_d_secure"] !== undefined) {
    const word = oneOf("automatic", "any", "challenge");
    const wish = word(card["request_three_d_secure"], `${at}[card][request_three_d_secure]`, version);
    if (wish !== "automatic") throw notCovered(`${at}[card][request_three_d_secure]=${wish}`);
  }
  return value;
};

/** What Checkout Session creation takes in API version 2026-10-28.endive. */
export const SESSION_CREATE = hash({
  adaptive_pricing: hash({ enabled: flag }),
  after_expiration: hash({
    recovery: hash({ enabled: flag, allow_promotion_codes: flag }, "enabled"),
  }),
  allow_promotion_codes: flag,
  allowed_payment_method_types: list(text),
  automatic_tax: hash({ enabled: flag, liability: ignored }),
  billing_address_collection: oneOf("auto", "required"),
  branding_settings: ignored,
  cancel_url: text,
  client_reference_id: text,
  consent_collection: hash({
    terms_of_service: oneOf("none", "required"),
    promotions: oneOf("auto", "none"),
    payment_method_reuse_agreement: hash({ position: oneOf("auto", "hidden") }, "position"),
  }),
  currency: text,
  custom_fields: uncovered,
  custom_text: hash({
    after_submit: MESSAGE,
    shipping_address: MESSAGE,
    submit: MESSAGE,
    terms_of_service_acceptance: MESSAGE,
  }),
  customer: text,
  customer_account: uncovered,
  customer_creation: oneOf("always", "if_required"),
  customer_email: text,
  customer_update: hash({ address: oneOf("auto", "never"), name: oneOf("auto", "never"), shipping: ignored }),
  discounts: list(hash({ coupon: text, promotion_code: text })),
  excluded_payment_method_types: list(text),
  expires_at: integer,
  integration_identifier: ignored,
  invoice_creation: INVOICE_CREATION,
  line_items: list(LINE_ITEM),
  locale: text,
  managed_payments: uncovered,
  metadata,
  mode: oneOf("payment", "setup", "subscription"),
  name_collection: uncovered,
  optional_items: uncovered,
  origin_context: ignored,
  payment_intent_data: PAYMENT_INTENT_DATA,
  payment_method_collection: oneOf("always", "if_required"),
  payment_method_configuration: text,
  payment_method_data: ignored,
  payment_method_options: METHOD_OPTIONS,
  payment_method_types: removed("2026-09-30.endive", {
    hint: "Use allowed_payment_method_types, excluded_payment_method_types or payment_method_configuration.",
    before: list(text),
  }),
  permissions: uncovered,
  phone_number_collection: hash({ enabled: flag }),
  redirect_on_completion: uncovered,
  return_url: uncovered,
  saved_payment_method_options: hash({
    allow_redisplay_filters: list(oneOf("always", "limited", "unspecified")),
    payment_method_remove: oneOf("disabled", "enabled"),
    payment_method_save: oneOf("disabled", "enabled"),
  }),
  setup_intent_data: hash({ description: text, metadata, on_behalf_of: uncovered }),
  shipping_address_collection: uncovered,
  shipping_options: uncovered,
  submit_type: oneOf("auto", "book", "donate", "pay", "subscribe"),
  subscription_data: SUBSCRIPTION_DATA,
  success_url: text,
  tax_id_collection: hash({ enabled: flag, required: ignored }),
  ui_mode: oneOf("hosted_page", "embedded_page", "elements", "form"),
  wallet_options: ignored,
});

export type SessionCreate = ReturnType<typeof SESSION_CREATE>;
