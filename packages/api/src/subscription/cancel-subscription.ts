import type { Actor, Deps } from "../deps.ts";
import { liveSubscription } from "./live-subscription.ts";
import type { Status } from "./read-status.ts";
import { refreshStatus } from "./refresh-status.ts";

/**
 * Cancels at the end of the paid period, or now (`POST /api/subscriptions/cancel`). Doing it again changes nothing more.
 * Ends in `NO_SUBSCRIPTION` when there is none, `STRIPE_UNAVAILABLE` when Stripe cannot be asked.
 */
export async function cancelSubscription(
  deps: Deps,
  actor: Actor,
  input: { when?: "period_end" | "now" | undefined },
): Promise<Status> {
  const { subscriptionId, cancelAt } = await liveSubscription(deps, actor.userId);
  if (input.when === "now") await deps.stripe.cancelNow(subscriptionId);
  else if (cancelAt === null) await deps.stripe.scheduleCancel(subscriptionId);
  return refreshStatus(deps, actor);
}
