import type { Observation } from "./ask-about-customer.ts";
import type { EventFacts } from "./read-event.ts";

/** When Stripe's answer looks older than the event that caused the sync, ask again after these milliseconds (design I2). */
export const RECHECK_AFTER_MS = [2_000, 10_000, 60_000] as const;

/**
 * True when the observation shows the state from before the event. A hint only: there is no version on a subscription,
 * and what looks older may be newer, which is why it only delays marking, never the write (stripe-facts §4).
 */
export function looksOlder(event: EventFacts, observed: Observation): boolean {
  if (event.subject === "subscription") return subscriptionLooksOlder(event, observed);
  if (event.type === "invoice.paid" || event.type === "invoice.payment_succeeded") {
    const invoice = observed.invoices?.find((one) => one.id === event.objectId);
    return invoice !== undefined && (invoice.status === "open" || invoice.status === "draft");
  }
  if (event.type === "checkout.session.completed") {
    return observed.sessions.some((session) => session.id === event.sessionId && session.status === "open");
  }
  return false;
}

function subscriptionLooksOlder(event: EventFacts, observed: Observation): boolean {
  const fetched = observed.subscriptions.find((one) => one.id === event.subscriptionId);
  if (!fetched) return false;
  if (event.type === "customer.subscription.deleted") return fetched.status !== "canceled";
  const before = event.previous?.["status"];
  const after = event.object["status"];
  return typeof before === "string" && before !== after && fetched.status === before;
}
