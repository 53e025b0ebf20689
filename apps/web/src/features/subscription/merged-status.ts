import type { SubscriptionUpdated } from "@liveassist/shared/events";
import { isPremium } from "@liveassist/shared/plans";
import type { User } from "../account/user.ts";
import type { Status } from "./types.ts";

/** A status with what a live update already tells, shown until the fresh one has come. */
export function mergedStatus(status: Status, update: SubscriptionUpdated): Status {
  return {
    ...status,
    subscription_status: update.subscription_status,
    subscription_expiry: update.subscription_expiry,
    stripe_status: update.stripe_status,
    cancel_at: update.cancel_at,
    pending: status.pending && !isPremium(update.subscription_status),
  };
}

/** Whether a status read by asking tells something the user's own record does not: then `/me` is read again. */
export function tellsNews(status: Status, user: User): boolean {
  return (
    status.subscription_status !== user.subscription_status ||
    status.subscription_expiry !== user.subscription_expiry ||
    status.stripe_status !== user.stripe_status ||
    status.cancel_at !== user.cancel_at
  );
}
