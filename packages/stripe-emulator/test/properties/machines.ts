import type { TableName } from "../../src/store/tables.ts";

/** Which states may follow which; a state without an entry is never left. `new` is how an object may begin. */
export type Machine = Record<string, readonly string[]>;

const INTENT: Machine = {
  requires_confirmation: [
    "requires_payment_method",
    "requires_action",
    "processing",
    "succeeded",
    "canceled",
  ],
  processing: ["requires_payment_method", "succeeded"],
  succeeded: [],
  canceled: [],
};

const OPEN_DISPUTE = ["won", "lost", "prevented"];

/**
 * Stripe's own state machines, as its documentation draws them (docs.stripe.com: billing/subscriptions/overview,
 * invoicing/overview, payments/paymentintents/lifecycle, refunds, disputes, api/checkout/sessions, test-clocks).
 */
export const MACHINES: Partial<Record<TableName, Machine>> = {
  subscriptions: {
    new: ["incomplete", "trialing", "active"],
    incomplete: ["active", "incomplete_expired", "canceled"],
    trialing: ["active", "past_due", "paused", "canceled"],
    active: ["trialing", "past_due", "unpaid", "paused", "canceled"],
    past_due: ["active", "trialing", "unpaid", "paused", "canceled"],
    unpaid: ["active", "trialing", "past_due", "paused", "canceled"],
    paused: ["active", "past_due", "canceled"],
    canceled: [],
    incomplete_expired: [],
  },
  invoices: {
    new: ["draft"],
    draft: ["open", "removed"],
    open: ["paid", "void", "uncollectible"],
    uncollectible: ["paid", "void"],
    paid: [],
    void: [],
  },
  paymentIntents: {
    ...INTENT,
    new: ["requires_payment_method", "requires_confirmation"],
    requires_payment_method: [
      "requires_confirmation",
      "requires_action",
      "processing",
      "requires_capture",
      "succeeded",
      "canceled",
    ],
    requires_confirmation: [...(INTENT["requires_confirmation"] ?? []), "requires_capture"],
    requires_action: ["requires_payment_method", "processing", "requires_capture", "succeeded", "canceled"],
    requires_capture: ["succeeded", "canceled"],
  },
  setupIntents: {
    ...INTENT,
    new: ["requires_payment_method", "requires_confirmation"],
    requires_payment_method: [
      "requires_confirmation",
      "requires_action",
      "processing",
      "succeeded",
      "canceled",
    ],
    requires_action: ["requires_payment_method", "processing", "succeeded", "canceled"],
  },
  charges: {
    new: ["pending", "succeeded", "failed"],
    pending: ["succeeded", "failed"],
    succeeded: [],
    failed: [],
  },
  refunds: {
    new: ["pending", "requires_action", "succeeded", "failed"],
    pending: ["requires_action", "succeeded", "failed", "canceled"],
    requires_action: ["pending", "succeeded", "failed", "canceled"],
    // A bank may give a refund back after it seemed done (docs.stripe.com/refunds#failed-refunds).
    succeeded: ["failed"],
    failed: [],
    canceled: [],
  },
  disputes: {
    new: ["needs_response", "warning_needs_response"],
    needs_response: ["under_review", ...OPEN_DISPUTE],
    under_review: ["needs_response", ...OPEN_DISPUTE],
    warning_needs_response: ["warning_under_review", "warning_closed", "needs_response"],
    warning_under_review: ["warning_closed", "needs_response"],
    warning_closed: [],
    won: [],
    lost: [],
    prevented: [],
  },
  sessions: { new: ["open"], open: ["complete", "expired"], complete: [], expired: [] },
  invoicePayments: { new: ["open"], open: ["paid", "canceled"], paid: [], canceled: [] },
  testClocks: {
    new: ["ready"],
    ready: ["advancing", "removed"],
    advancing: ["ready", "internal_failure", "removed"],
    internal_failure: ["removed"],
  },
  coupons: { new: ["valid", "spent"], valid: ["spent", "removed"], spent: ["removed"] },
};

/** The state of a document, in the words of its machine. */
export function stateOf(table: TableName, document: unknown): string {
  if (document === null || document === undefined) return "removed";
  if (table === "coupons") return (document as { valid: boolean }).valid ? "valid" : "spent";
  return String((document as { status?: unknown }).status);
}

/** Why this step is none of Stripe's; null when it is one. */
export function forbidden(table: TableName, before: string | null, after: string): string | null {
  const machine = MACHINES[table];
  if (machine === undefined || before === after) return null;
  const allowed = machine[before ?? "new"] ?? [];
  return allowed.includes(after) ? null : `${table}: ${before ?? "new"} → ${after}`;
}
