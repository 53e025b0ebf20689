import { isPremium } from "@liveassist/shared/plans";
import { isOver } from "@liveassist/shared/subscription";
import type { Status } from "./types.ts";

/**
 * What a status means for the person it belongs to: every state of the subscription card, exactly one at a time.
 * Dates are ISO times; `until` is when access ends.
 */
export type Standing =
  | { kind: "free" }
  | { kind: "ended" }
  | { kind: "pending" }
  | { kind: "trial"; until: string; charge: { at: string; ore: number } | null }
  | { kind: "trial-ending"; until: string }
  | { kind: "active"; charge: { at: string; ore: number } | null }
  | { kind: "ending"; until: string }
  | { kind: "past-due"; until: string | null }
  | { kind: "unpaid" }
  | { kind: "paused" }
  | { kind: "incomplete" }
  | { kind: "unknown"; until: string | null };

/** Derives the one state to show (requirements R9, R10, R31). */
export function standingOf(status: Status): Standing {
  const premium = isPremium(status.subscription_status);
  if (status.pending && !premium) return { kind: "pending" };
  switch (status.stripe_status) {
    case "past_due":
      return { kind: "past-due", until: premium ? status.subscription_expiry : null };
    case "unpaid":
      return { kind: "unpaid" };
    case "paused":
      return { kind: "paused" };
    case "incomplete":
      return { kind: "incomplete" };
    case "trialing":
    case "active":
      if (premium) return premiumStanding(status);
      return { kind: "unknown", until: null };
    case "none":
      return premium ? premiumStanding(status) : { kind: "free" };
    default:
      if (premium) return premiumStanding(status);
      return isOver(status.stripe_status) ? { kind: "ended" } : { kind: "unknown", until: null };
  }
}

function premiumStanding(status: Status): Standing {
  const trial = status.subscription_status === "trial";
  if (status.cancel_at !== null) {
    const until = earlier(status.cancel_at, status.subscription_expiry);
    return { kind: trial ? "trial-ending" : "ending", until };
  }
  const charge = status.next_charge && { at: status.next_charge.at, ore: status.next_charge.amount_ore };
  const until = status.trial_ends_at ?? status.subscription_expiry;
  if (trial && until !== null) return { kind: "trial", until, charge };
  return { kind: "active", charge };
}

const earlier = (one: string, other: string | null): string =>
  other !== null && Date.parse(other) < Date.parse(one) ? other : one;

/** Whether Upgrade may be shown: never to someone who paid, whose payment is on its way, or whose debt is open (R23, R25). */
export function mayUpgrade(standing: Standing): boolean {
  return standing.kind === "free" || standing.kind === "ended";
}

/** Whether a paid or trial period runs that can be cancelled at its end. */
export function mayCancel(standing: Standing): boolean {
  return standing.kind === "trial" || standing.kind === "active" || standing.kind === "past-due";
}

/** Whether there is something at the payment service to look at: a card, a receipt, a debt. */
export const hasPortal = (standing: Standing): boolean =>
  standing.kind !== "free" && standing.kind !== "pending";
