/**
 * What Stripe can expand and what is always empty here (Connect, taxes, files, reviews): to expand nothing is no error.
 * By the kind of object; the SDK's types name them.
 */
export const ALWAYS_EMPTY: Record<string, readonly string[]> = {
  "billing_portal.configuration": [
    "application",
    "features.subscription_cancel.cancellation_reason.feedback_options",
  ],
  charge: [
    "application",
    "application_fee",
    "on_behalf_of",
    "payment_method_details.card.mandate",
    "review",
    "source_transfer",
  ],
  "checkout.session": ["invoice_creation.invoice_data.account_tax_ids", "payment_link"],
  dispute: [
    "evidence.cancellation_policy",
    "evidence.customer_communication",
    "evidence.customer_signature",
    "evidence.duplicate_charge_documentation",
    "evidence.receipt",
    "evidence.refund_policy",
    "evidence.service_documentation",
    "evidence.shipping_documentation",
    "evidence.uncategorized_file",
  ],
  invoice: [
    "account_tax_ids",
    "application",
    "default_source",
    "from_invoice.invoice",
    "latest_revision",
    "on_behalf_of",
  ],
  payment_intent: ["application", "on_behalf_of", "payment_record", "review", "source"],
  payment_method: ["sepa_debit.generated_from.charge", "sepa_debit.generated_from.setup_attempt"],
  product: ["tax_code"],
  refund: ["source_transfer_reversal", "transfer_reversal"],
  setup_intent: ["application", "on_behalf_of", "single_use_mandate"],
  subscription: [
    "application",
    "cancellation_details.feedback_option",
    "invoice_settings.account_tax_ids",
    "on_behalf_of",
  ],
};
