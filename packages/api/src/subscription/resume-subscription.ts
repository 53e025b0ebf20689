import { subscriptions } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { eq } from "drizzle-orm";
import type { Actor, Deps } from "../deps.ts";
import { StripeError } from "../stripe-port.ts";
import { liveSubscription } from "./live-subscription.ts";
import type { Status } from "./read-status.ts";
import { refreshStatus } from "./refresh-status.ts";

/**
 * Goes on with a subscription (`POST /api/subscriptions/resume`): takes a scheduled cancel back, by clearing the one of the
 * two fields that is set (stripe-facts J), and ends a pause (M). Ends in `NO_SUBSCRIPTION`, in `STRIPE_UNAVAILABLE`, or in
 * `PAYMENT_NEEDS_ATTENTION` when it can only go on once something is paid.
 */
export async function resumeSubscription(deps: Deps, actor: Actor): Promise<Status> {
  const { subscriptionId, status, cancelAt, atPeriodEnd } = await liveSubscription(deps, actor.userId);
  if (cancelAt !== null) {
    await deps.stripe.clearScheduledCancel(
      subscriptionId,
      atPeriodEnd ? "cancel_at_period_end" : "cancel_at",
    );
  }
  if (status === "paused")
    await deps.coalesce(`resume:${subscriptionId}`, () => endPause(deps, subscriptionId));
  const fresh = await refreshStatus(deps, actor);
  if (fresh.stripe_status === "paused") throw needsPayment();
  return fresh;
}

/** Resuming makes an invoice; one that already waits to be paid must not get a second beside it. */
async function endPause(deps: Deps, subscriptionId: string): Promise<void> {
  const [row] = await deps.db
    .select({ customerId: subscriptions.customerId })
    .from(subscriptions)
    .where(eq(subscriptions.providerSubscriptionId, subscriptionId));
  const invoices = row ? await deps.stripe.listInvoices(row.customerId) : [];
  if (invoices.some((one) => one.subscriptionId === subscriptionId && one.status === "open"))
    throw needsPayment();
  try {
    await deps.stripe.resumePaused(subscriptionId);
  } catch (error) {
    if (!(error instanceof StripeError) || error.kind !== "rejected") throw error;
    // Resumed in another tab meanwhile, or not to be resumed at all: what it is now decides.
    deps.log.warn({ err: error, subscriptionId }, "Stripe does not resume a paused subscription");
  }
}

const needsPayment = (): AppError =>
  new AppError(
    "PAYMENT_NEEDS_ATTENTION",
    "This can go on once it is paid. Open the payment page to add a card or to pay what is open.",
  );
