import type Stripe from "stripe";
import { mergeMetadata } from "../http/params.ts";
import type { PaymentWish } from "../store/tables.ts";
import type { SessionCreate } from "./checkout-params.ts";
import { addressOf } from "./shapes.ts";

/** What the intent, and the invoice, of a session in payment or setup mode are made with. */
export function paymentWishOf(params: SessionCreate): PaymentWish {
  const data = params.payment_intent_data ?? {};
  const setup = params.setup_intent_data ?? {};
  return {
    intent: {
      description: data.description ?? null,
      metadata: mergeMetadata({}, data.metadata),
      receipt_email: data.receipt_email ?? null,
      setup_future_usage: data.setup_future_usage ?? null,
      shipping: data.shipping ? shippingOf(data.shipping) : null,
      statement_descriptor: data.statement_descriptor ?? null,
      statement_descriptor_suffix: data.statement_descriptor_suffix ?? null,
      transfer_group: data.transfer_group ?? null,
      ...(data.capture_method && { capture_method: data.capture_method }),
    },
    setup: { description: setup.description ?? null, metadata: mergeMetadata({}, setup.metadata) },
    invoice: params.invoice_creation?.enabled ? invoiceFields(params) : null,
    alwaysCustomer: params.customer_creation === "always",
  };
}

type Shipping = NonNullable<NonNullable<SessionCreate["payment_intent_data"]>["shipping"]>;

function shippingOf(sent: Shipping): Stripe.PaymentIntent["shipping"] {
  const { name, carrier, phone, tracking_number } = sent;
  return {
    address: addressOf(sent.address) ?? {},
    name,
    ...(carrier && { carrier }),
    phone: phone ?? null,
    ...(tracking_number && { tracking_number }),
  } as Stripe.PaymentIntent["shipping"];
}

function invoiceFields({ invoice_creation }: SessionCreate): Partial<Stripe.Invoice> {
  const data = invoice_creation?.invoice_data ?? {};
  return {
    description: data.description ?? null,
    footer: data.footer ?? null,
    metadata: mergeMetadata({}, data.metadata),
  };
}

/** Fields that stand on the session as they were asked for. */
export function givenFields(params: SessionCreate): Partial<Stripe.Checkout.Session> {
  const { consent_collection: consent, after_expiration: after, mode } = params;
  const saved = params.saved_payment_method_options;
  const creation = mode === "subscription" ? "always" : (params.customer_creation ?? "if_required");
  return {
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    customer_creation: params.customer ? null : creation,
    phone_number_collection: { enabled: params.phone_number_collection?.enabled ?? false },
    submit_type: params.submit_type ?? null,
    // No-cost orders need no card in payment mode (changelog 2023-08-16).
    payment_method_collection:
      mode === "payment" ? "if_required" : (params.payment_method_collection ?? "always"),
    invoice_creation: mode === "payment" ? invoiceCreation(params) : null,
    ...(params.payment_method_types && { payment_method_types: params.payment_method_types }),
    ...(after?.recovery && {
      after_expiration: {
        recovery: {
          allow_promotion_codes: after.recovery.allow_promotion_codes ?? false,
          enabled: after.recovery.enabled,
          expires_at: null,
          url: null,
        },
      },
    }),
    ...(consent && {
      consent_collection: {
        payment_method_reuse_agreement: consent.payment_method_reuse_agreement ?? null,
        promotions: consent.promotions ?? "none",
        terms_of_service: consent.terms_of_service ?? "none",
      },
    }),
    ...(saved && {
      saved_payment_method_options: {
        allow_redisplay_filters: saved.allow_redisplay_filters ?? ["always"],
        payment_method_remove: saved.payment_method_remove ?? "disabled",
        payment_method_save: saved.payment_method_save ?? null,
      },
    }),
  };
}

function invoiceCreation(params: SessionCreate): Stripe.Checkout.Session.InvoiceCreation {
  const { description = null, footer = null, metadata = {} } = invoiceFields(params);
  return {
    enabled: params.invoice_creation?.enabled ?? false,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: null,
      description,
      footer,
      issuer: null,
      metadata,
      rendering_options: null,
    },
  };
}
