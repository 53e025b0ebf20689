import type Stripe from "stripe";
import { currentPeriodEnd } from "../objects/subscription.ts";
import type { World } from "./world.ts";

export interface CancelReason {
  reason: Stripe.Subscription.CancellationDetails.Reason;
  comment?: string | null;
  feedback?: string | null;
}

/** Statuses that are never left again. */
export function isEnded(subscription: Stripe.Subscription): boolean {
  return subscription.status === "canceled" || subscription.status === "incomplete_expired";
}

/** Ends a subscription now; prorations that wait for an invoice are dropped, items made by hand stay. */
export function cancelSubscription(world: World, id: string, why: CancelReason | null): Stripe.Subscription {
  const subscription = endSubscription(world, id, why);
  for (const item of world.store.where("invoiceItems", "pending", id))
    if (item.proration) world.store.remove("invoiceItems", item.id);
  return subscription;
}

/** One `customer.subscription.deleted`, and nothing more is collected; what waits for an invoice goes on waiting. */
export function endSubscription(world: World, id: string, why: CancelReason | null): Stripe.Subscription {
  const before = world.store.get("subscriptions", id);
  if (before === undefined) throw new Error(`No subscription ${id}`);
  const now = world.now();
  const subscription = world.change("subscriptions", id, {
    status: "canceled",
    canceled_at: before.canceled_at ?? now,
    ended_at: now,
    ...(why !== null && { cancellation_details: detailsOf(before, why) }),
  });
  world.emit("customer.subscription.deleted", subscription);
  stopCollecting(world, id);
  return subscription;
}

/** Open and draft invoices of an ended subscription are no longer collected automatically. */
export function stopCollecting(world: World, subscription: string): void {
  for (const invoice of world.store.where("invoices", "subscription", subscription)) {
    if (invoice.status !== "open" && invoice.status !== "draft") continue;
    const patch = { auto_advance: false, next_payment_attempt: null, automatically_finalizes_at: null };
    // A failure that is yet to be told of shows it as it is now.
    world.amend("invoice.payment_failed", world.update("invoice.updated", invoice.id, patch));
  }
}

/** What a scheduled cancellation writes; the API and the portal differ (stripe-facts 2 J). */
export function scheduleCancel(
  world: World,
  subscription: Stripe.Subscription,
  by: "api" | "portal",
): Partial<Stripe.Subscription> {
  return {
    // The period of a paused one may have ended long ago.
    cancel_at: Math.max(currentPeriodEnd(subscription), world.now()),
    cancel_at_period_end: by === "api",
    canceled_at: world.now(),
    cancellation_details: detailsOf(subscription, { reason: "cancellation_requested" }),
  };
}

/** Takes a scheduled cancellation back. */
export function unscheduleCancel(): Partial<Stripe.Subscription> {
  return {
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
  };
}

function detailsOf(
  subscription: Stripe.Subscription,
  why: CancelReason,
): Stripe.Subscription.CancellationDetails {
  const before = subscription.cancellation_details;
  return {
    comment: why.comment ?? before?.comment ?? null,
    feedback: why.feedback ?? before?.feedback ?? null,
    feedback_option: null,
    reason: why.reason,
  };
}
