/** What the object of each event has to show, beyond its kind. */
const SHOWN: Readonly<Record<string, object>> = {
  "billing_portal.session.created": { customer: /^cus_/ },
  "charge.captured": { captured: true, amount_captured: 2000 },
  "charge.dispute.closed": { status: "warning_closed" },
  "charge.dispute.created": { charge: /^ch_/, payment_intent: /^pi_/ },
  "charge.failed": { paid: false, failure_code: "card_declined" },
  "charge.refund.updated": { metadata: { order_id: "6735" } },
  "charge.refunded": { refunded: true, amount_refunded: 100 },
  "charge.succeeded": { paid: true, amount: 100 },
  "checkout.session.async_payment_failed": { payment_status: "unpaid", status: "complete" },
  "checkout.session.async_payment_succeeded": { payment_status: "paid", amount_total: 3000, currency: "eur" },
  "checkout.session.completed": { payment_status: "paid", amount_total: 3000, payment_intent: /^pi_/ },
  "checkout.session.expired": { status: "expired", url: null },
  "coupon.created": { percent_off: 20, valid: true },
  "coupon.deleted": { percent_off: 20 },
  "coupon.updated": { metadata: { foo: "bar" } },
  "customer.discount.created": { customer: /^cus_/, source: { coupon: /./ } },
  "customer.subscription.created": { status: "active" },
  "customer.subscription.deleted": { status: "canceled" },
  "customer.subscription.paused": { status: "paused" },
  "customer.subscription.trial_will_end": { status: "trialing" },
  "customer.subscription.updated": { metadata: { foo: "bar" } },
  "customer.updated": { metadata: { foo: "bar" } },
  "invoice.created": { status: "draft" },
  "invoice.finalized": { status: "open", total: 2000 },
  "invoice.marked_uncollectible": { status: "uncollectible" },
  "invoice.paid": { status: "paid", amount_paid: 2000 },
  "invoice.payment_action_required": { status: "open" },
  "invoice.payment_failed": { status: "open", attempted: true },
  "invoice.payment_succeeded": { status: "paid", amount_paid: 2000 },
  "invoice.sent": { collection_method: "send_invoice" },
  "invoice.updated": { metadata: { foo: "bar" } },
  "invoice.voided": { status: "void" },
  "invoiceitem.created": { amount: 2000, currency: "usd" },
  "payment_intent.amount_capturable_updated": { status: "requires_capture", amount_capturable: 2000 },
  "payment_intent.canceled": { status: "canceled", cancellation_reason: "requested_by_customer" },
  "payment_intent.created": { amount: 2000 },
  "payment_intent.payment_failed": { status: "requires_payment_method", last_payment_error: { code: /./ } },
  "payment_intent.processing": { status: "processing" },
  "payment_intent.requires_action": { status: "requires_action" },
  "payment_intent.succeeded": { status: "succeeded", amount_received: 2000 },
  "payment_method.attached": { customer: /^cus_/, type: "card" },
  "payment_method.detached": { customer: null },
  "payment_method.updated": { metadata: { foo: "bar" } },
  "price.created": { unit_amount: 1500, type: "recurring" },
  "price.updated": { metadata: { foo: "bar" } },
  "product.created": { name: "myproduct" },
  "product.updated": { metadata: { foo: "bar" } },
  "promotion_code.created": { promotion: { coupon: /./ } },
  "promotion_code.updated": { metadata: { foo: "bar" } },
  "setup_intent.canceled": { status: "canceled" },
  "setup_intent.requires_action": { status: "requires_action" },
  "setup_intent.setup_failed": { last_setup_error: { code: "card_declined" } },
  "setup_intent.succeeded": { status: "succeeded", payment_method: /^pm_/ },
  "test_helpers.test_clock.advancing": { status: "advancing" },
  "test_helpers.test_clock.ready": { status: "ready" },
};

/** The kinds of objects whose events are not named like them. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^charge\.dispute\./, "dispute"],
  [/^charge\.refund\./, "refund"],
  [/^customer\.subscription\./, "subscription"],
  [/^customer\.discount\./, "discount"],
];

/** What `data.object` of an event of this type has to look like; patterns stand for texts that match them. */
export function expectedObject(type: string): object {
  const named = type.slice(0, type.lastIndexOf("."));
  const kind = KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? named;
  return { object: kind, ...SHOWN[type] };
}

/** The first difference between a value and what is expected of it; null: there is none. */
export function differenceOf(value: unknown, expected: unknown, at = "object"): string | null {
  if (expected instanceof RegExp) {
    if (typeof value === "string" && expected.test(value)) return null;
    return `${at} is ${JSON.stringify(value)}, not like ${expected}`;
  }
  if (typeof expected !== "object" || expected === null) {
    return value === expected ? null : `${at} is ${JSON.stringify(value)}, not ${JSON.stringify(expected)}`;
  }
  if (typeof value !== "object" || value === null) return `${at} is ${JSON.stringify(value)}`;
  for (const [key, part] of Object.entries(expected)) {
    const found = differenceOf((value as Record<string, unknown>)[key], part, `${at}.${key}`);
    if (found !== null) return found;
  }
  return null;
}
