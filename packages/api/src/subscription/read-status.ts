import type { statusOutput } from "@liveassist/shared/inputs/subscription";
import { limitsOf } from "@liveassist/shared/plans";
import { nextDayStart } from "@liveassist/shared/quota";
import type { z } from "zod";
import { readUserState, type UserState } from "../billing/read-user-state.ts";
import type { Actor, Deps } from "../deps.ts";

export type Status = z.infer<typeof statusOutput>;

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The subscription status of the caller (`GET /api/subscriptions/status`); never waits longer than 2 s for Stripe (R20). */
export async function readStatus(deps: Deps, actor: Actor): Promise<Status> {
  return toStatus(deps, await readUserState(deps, actor.userId));
}

/** A user's state in the contract's shape. */
export function toStatus(deps: Deps, { row, standing, stale, unitAmount }: UserState): Status {
  const { freeImagesPerDay, quotaTimezone } = deps.settings;
  const resetsAt = nextDayStart(quotaTimezone, deps.clock.now());
  return {
    subscription_status: standing.plan,
    stripe_status: standing.stripeStatus,
    trial_available: row.user.trialUsedAt === null,
    trial_ends_at: iso(standing.trialEndsAt),
    subscription_expiry: iso(standing.expiry),
    cancel_at: iso(standing.cancelAt),
    next_charge: nextCharge(standing, unitAmount),
    usage: {
      images_used: row.imagesUsed,
      image_limit: limitsOf(standing.plan, { freeImagesPerDay }).imagesPerDay,
      resets_at: new Date(resetsAt).toISOString(),
    },
    pending: row.paidCheckout && standing.plan === "free",
    last_synced_at: row.observedAt === null ? null : new Date(row.observedAt).toISOString(),
    stale,
  };
}

/** What will be taken next, and when: nothing while free, when cancelled for later, or while a payment is overdue. */
function nextCharge(standing: UserState["standing"], amount: number | null): Status["next_charge"] {
  const willRenew = standing.stripeStatus === "trialing" || standing.stripeStatus === "active";
  if (standing.plan === "free" || standing.expiry === null || amount === null || !willRenew) return null;
  if (standing.cancelAt !== null && standing.cancelAt <= standing.expiry) return null;
  return { at: new Date(standing.expiry).toISOString(), amount_ore: amount };
}
