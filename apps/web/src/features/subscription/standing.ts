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
  | { kind: "expired" }
  | { kind: "withdrawn"; over: boolean }
  | { kind: "pending" }
  | { kind: "trial"; until: string; charge: { at: string; ore: number } | null }
  | { kind: "trial-ending"; until: string }
  | { kind: "active"; charge: { at: string; ore: number } | null }
  | { kind: "ending"; until: string }
  | { kind: "past-due"; until: string | null; ending: boolean }
  | { kind: "unpaid" }
  | { kind: "paused" }
  | { kind: "incomplete" }
  | { kind: "unknown"; until: string | null };

/** Derives the one state to show (requirements R9, R10, R31). `withdrawn`: the contract it speaks of was withdrawn from. */
export function standingOf(status: Status, withdrawn = false): Standing {
  const premium = isPremium(status.subscription_status);
  if (status.pending && !premium) return { kind: "pending" };
  if (withdrawn && status.stripe_status !== "none") {
    return { kind: "withdrawn", over: isOver(status.stripe_status) };
  }
  switch (status.stripe_status) {
    case "past_due":
      return {
        kind: "past-due",
        until: premium ? status.subscription_expiry : null,
        ending: status.cancel_at !== null,
      };
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
      if (status.stripe_status === "incomplete_expired") return { kind: "expired" };
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
  if (standing.kind === "withdrawn") return standing.over;
  return standing.kind === "free" || standing.kind === "ended" || standing.kind === "expired";
}

/** Whether something is to be paid before it goes on, or before it begins. */
export const owes = (standing: Standing): boolean =>
  standing.kind === "past-due" || standing.kind === "unpaid" || standing.kind === "incomplete";

/** Whether an end is set that can be taken back. */
export const mayResume = (standing: Standing): boolean =>
  standing.kind === "ending" ||
  standing.kind === "trial-ending" ||
  standing.kind === "paused" ||
  (standing.kind === "past-due" && standing.ending);

/** Whether something runs that would go on by itself and can be cancelled. */
export function mayCancel(standing: Standing): boolean {
  if (standing.kind === "past-due") return !standing.ending;
  return standing.kind === "trial" || standing.kind === "active" || standing.kind === "unpaid";
}

/** Whether there is something at the payment service to look at: a card, a receipt, a debt. */
export const hasPortal = (standing: Standing): boolean =>
  standing.kind !== "free" && standing.kind !== "pending" && standing.kind !== "expired";
