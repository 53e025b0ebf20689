import type { Tx } from "@liveassist/db";
import type { users } from "@liveassist/db/schema";
import type { SubscriptionUpdated } from "@liveassist/shared/events";
import { appendEvent } from "../realtime/append-event.ts";

type Told = Pick<
  typeof users.$inferSelect,
  "id" | "subscriptionStatus" | "subscriptionExpiry" | "stripeStatus" | "cancelAt" | "xp"
>;

/** A user's row as the event tells it (requirements R18); its version is added by whoever has the row's id. */
export function subscriptionEvent(user: Told): Omit<SubscriptionUpdated, "version"> {
  return {
    type: "subscription.updated",
    userId: user.id,
    subscription_status: user.subscriptionStatus,
    subscription_expiry: user.subscriptionExpiry?.toISOString() ?? null,
    stripe_status: user.stripeStatus,
    cancel_at: user.cancelAt?.toISOString() ?? null,
    xp: user.xp,
  };
}

/** Writes the event that tells a user their row as it is about to be; answers the new version. Under the user's row lock. */
export function appendSubscriptionEvent(tx: Tx, user: Told, xpAwarded = 0): Promise<number> {
  const event = subscriptionEvent(user);
  const payload = xpAwarded > 0 ? { ...event, xp_awarded: xpAwarded } : event;
  return appendEvent(tx, { userId: user.id, type: event.type, payload });
}
