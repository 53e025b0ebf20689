import type { Actor, Deps } from "../deps.ts";
import { liveSubscription } from "./live-subscription.ts";
import type { Status } from "./read-status.ts";
import { refreshStatus } from "./refresh-status.ts";

/** Takes a scheduled cancel back (`POST /api/subscriptions/resume`), by clearing the one of the two fields that is set (stripe-facts J). */
export async function resumeSubscription(deps: Deps, actor: Actor): Promise<Status> {
  const { subscriptionId, cancelAt, atPeriodEnd } = await liveSubscription(deps, actor.userId);
  if (cancelAt !== null) {
    await deps.stripe.clearScheduledCancel(
      subscriptionId,
      atPeriodEnd ? "cancel_at_period_end" : "cancel_at",
    );
  }
  return refreshStatus(deps, actor);
}
