/** The events of the product (R15 of its requirements), all of which Stripe's scenarios below contain as well. */
const HANDLED = [
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.deleted",
  "customer.subscription.paused",
  "customer.subscription.resumed",
  "customer.subscription.trial_will_end",
  "invoice.paid",
  "invoice.payment_succeeded",
  "invoice.payment_failed",
  "invoice.payment_action_required",
  "charge.refunded",
  "charge.dispute.created",
  "charge.dispute.closed",
  "customer.deleted",
] as const;

/** Every other event of a subscription's life. */
const OF_SCENARIOS = [
  "billing_portal.configuration.created",
  "billing_portal.session.created",
  "charge.dispute.funds_reinstated",
  "charge.dispute.funds_withdrawn",
  "charge.dispute.updated",
  "charge.failed",
  "charge.refund.updated",
  "charge.succeeded",
  "customer.created",
  "customer.updated",
  "invoice.created",
  "invoice.finalization_failed",
  "invoice.finalized",
  "invoice.upcoming",
  "invoice.updated",
  "invoice.voided",
  "invoice_payment.paid",
  "invoiceitem.created",
  "payment_intent.created",
  "payment_intent.payment_failed",
  "payment_intent.requires_action",
  "payment_intent.succeeded",
  "payment_method.attached",
  "refund.created",
  "refund.failed",
  "refund.updated",
  "setup_intent.created",
  "setup_intent.requires_action",
  "setup_intent.setup_failed",
  "setup_intent.succeeded",
] as const;

/** Every event that has to be made by `stripe trigger`, or be among those it does not know. */
export const WANTED: readonly string[] = [...HANDLED, ...OF_SCENARIOS];

/** What `stripe trigger` has no fixture for; the emulator's own API makes these. */
export const UNKNOWN_TO_CLI: readonly string[] = [
  "customer.subscription.resumed",
  "charge.dispute.funds_reinstated",
  "charge.dispute.funds_withdrawn",
  "invoice.finalization_failed",
  "invoice.upcoming",
  "invoice_payment.paid",
  "refund.created",
  "refund.failed",
  "refund.updated",
];

/** What else the emulator has all of: each trigger of these families has to work too. */
export const FAMILIES =
  /^(billing_portal|charge|checkout|coupon|customer\.(created|deleted|discount|subscription|updated)|invoice|invoiceitem|payment_intent|payment_method|price|product|promotion_code|setup_intent|subscription\.payment_\w+|test_helpers\.test_clock)\b/;

/** Triggers of those families that need what the emulator has not, with what that is. */
export const OUT_OF_REACH: Readonly<Record<string, string>> = {
  "payment_intent.partially_funded": "bank transfers into a customer's cash balance",
};

/** Triggers about what no subscription business needs; the emulator refuses what they ask for. */
export const LEFT_OUT =
  /^(account|balance|cash_balance|credit_note|customer\.source|customer_cash_balance_transaction|identity|payment_link|payout|plan|quote|reporting|subscription_schedule|tax_rate|topup|transfer|v1)\b|^issuing_/;

/** Names of the CLI's own, with the event that they are about. */
export const CLI_NAMES: Readonly<Record<string, string>> = {
  "subscription.payment_failed": "invoice.payment_failed",
  "subscription.payment_succeeded": "invoice.payment_succeeded",
};
