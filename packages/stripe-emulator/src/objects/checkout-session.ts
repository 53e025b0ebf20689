import type Stripe from "stripe";
import type { World } from "../billing/world.ts";

export interface SessionInput {
  mode: Stripe.Checkout.Session.Mode;
  currency: string | null;
  /** Null in setup mode. */
  amount: number | null;
  customer: string | null;
  customerEmail: string | null;
  clientReferenceId: string | null;
  successUrl: string | null;
  cancelUrl: string | null;
  expiresAt: number;
  locale: string | null;
  metadata: Stripe.Metadata;
  paymentMethodCollection: string;
  /** What of that is there for its currency. */
  offeredTypes: string[];
  allowedTypes: string[] | null;
  excludedTypes: string[] | null;
  billingAddressCollection: string | null;
  adaptivePricing: boolean;
  termsRequired: boolean;
  customText: Partial<Stripe.Checkout.Session.CustomText>;
  /** Fields that stand on the session as they were sent. */
  given?: Partial<Stripe.Checkout.Session>;
}

/** A hosted checkout, open until it is paid, expired or expired by hand. */
export function buildCheckoutSession(world: World, input: SessionInput): Stripe.Checkout.Session {
  const id = world.id("cs_test");
  const customer = input.customer === null ? undefined : world.store.get("customers", input.customer);
  const email = customer !== undefined && customer.deleted !== true ? customer.email : input.customerEmail;
  return {
    id,
    object: "checkout.session",
    adaptive_pricing: { enabled: input.adaptivePricing },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: input.allowedTypes,
    amount_subtotal: input.amount,
    amount_total: input.amount,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: input.billingAddressCollection,
    cancel_url: input.cancelUrl,
    client_reference_id: input.clientReferenceId,
    client_secret: null,
    collected_information: null,
    consent: input.termsRequired ? { promotions: null, terms_of_service: null } : null,
    consent_collection: input.termsRequired
      ? { payment_method_reuse_agreement: null, promotions: "none", terms_of_service: "required" }
      : null,
    created: world.now(),
    currency: input.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
      ...input.customText,
    },
    customer: input.customer,
    customer_account: null,
    customer_creation: input.customer === null ? "always" : null,
    customer_details:
      email === null
        ? null
        : {
            address: null,
            business_name: null,
            email,
            individual_name: null,
            name: null,
            phone: null,
            tax_exempt: "none",
            tax_ids: null,
          },
    customer_email: input.customerEmail,
    discounts: [],
    ...(input.excludedTypes && { excluded_payment_method_types: input.excludedTypes }),
    expires_at: input.expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: input.locale,
    managed_payments: { enabled: false },
    metadata: input.metadata,
    mode: input.mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: input.paymentMethodCollection,
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: "automatic" } },
    payment_method_types: input.offeredTypes,
    payment_status: "unpaid",
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: {
      allow_redisplay_filters: ["always"],
      payment_method_remove: "disabled",
      payment_method_save: null,
    },
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: null,
    subscription: null,
    success_url: input.successUrl,
    total_details: input.amount === null ? null : { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url: `${world.origin}/c/pay/${id}`,
    wallet_options: null,
    ...input.given,
  };
}

/** What the page shows and `line_items` lists. */
export function buildLineItem(
  world: World,
  { price, quantity, free }: { price: Stripe.Price; quantity: number; free: boolean },
): Stripe.LineItem {
  const amount = free ? 0 : (price.unit_amount ?? 0) * quantity;
  return {
    id: world.id("li"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: world.store.get("products", String(price.product))?.name ?? null,
    metadata: {},
    price,
    quantity,
  };
}
