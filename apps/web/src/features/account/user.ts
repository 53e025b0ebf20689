import type { Me } from "@liveassist/api/contract";
import type { SubscriptionUpdated } from "@liveassist/shared/events";
import { isPremium } from "@liveassist/shared/plans";

/** The signed-in user as `/api/users/me` shows them. */
export type User = Me;

/** The newer of two states of one user; what arrives late never undoes what came after it (requirements R18). */
export function newerUser(known: User | null, next: User): User {
  if (known === null || known.id !== next.id) return next;
  return next.version >= known.version ? next : known;
}

/** A user after a live update; the same object when the update is old news or somebody else's. */
export function updatedUser(user: User, update: SubscriptionUpdated): User {
  if (update.userId !== user.id || update.version <= user.version) return user;
  const premium = isPremium(update.subscription_status);
  return {
    ...user,
    subscription_status: update.subscription_status,
    subscription_expiry: update.subscription_expiry,
    stripe_status: update.stripe_status,
    cancel_at: update.cancel_at,
    xp: update.xp,
    version: update.version,
    entitlements: { ...user.entitlements, premium_badge: premium },
  };
}
