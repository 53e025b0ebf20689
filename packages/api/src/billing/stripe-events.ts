import { HANDLED_EVENTS } from "@liveassist/shared/handled-events";

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
