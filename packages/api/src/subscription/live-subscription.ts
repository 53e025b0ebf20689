import { AppError } from "@liveassist/shared/errors";
import { isOver } from "@liveassist/shared/subscription";
import { readSyncedState } from "../billing/read-user-state.ts";
import { syncUserAfresh } from "../billing/sync-user.ts";
import type { Deps } from "../deps.ts";

/** The subscription that speaks for a user, asked from Stripe just now. Ends in `NO_SUBSCRIPTION` when none is left to change. */
export async function liveSubscription(deps: Deps, userId: string) {
  await syncUserAfresh(deps, userId, "request");
  const { standing, atPeriodEnd } = await readSyncedState(deps, userId);
  if (standing.subscriptionId === null || isOver(standing.stripeStatus)) {
    throw new AppError("NO_SUBSCRIPTION", "There is no subscription to change.");
  }
  const { subscriptionId, stripeStatus: status, cancelAt } = standing;
  return { subscriptionId, status, cancelAt, atPeriodEnd };
}
