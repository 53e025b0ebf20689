/** The handled event types (requirements R15): each one is a hint that its customer must be synced. All others are stored and ignored. */
export const HANDLED_EVENTS = [
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

const HANDLED: ReadonlySet<string> = new Set(HANDLED_EVENTS);

export type EventSubject = "session" | "subscription" | "invoice" | "charge" | "dispute" | "customer";

/** What kind of object an event carries; null: not a type we handle. */
export function subjectOf(type: string): EventSubject | null {
  if (!HANDLED.has(type)) return null;
  if (type.startsWith("checkout.session.")) return "session";
  if (type.startsWith("customer.subscription.")) return "subscription";
  if (type.startsWith("invoice.")) return "invoice";
  if (type.startsWith("charge.dispute.")) return "dispute";
  return type.startsWith("charge.") ? "charge" : "customer";
}
