import { FIRST_PREMIUM_XP } from "@liveassist/shared/money";
import type { Plan } from "@liveassist/shared/plans";

/** What this browser last saw of a user, kept so that each piece of good news is told once, and not once a tab. */
export interface Seen {
  readonly version: number;
  readonly plan: Plan;
  readonly xp: number;
  /** The first payment has been announced here. */
  readonly premiumTold: boolean;
}

export type Announcement = "trial-started" | "premium-activated";

interface Now {
  readonly version: number;
  readonly plan: Plan;
  readonly xp: number;
}

/**
 * What is worth a toast between what was seen and what is now, and what to remember. `seen` is null on the first visit:
 * then everything is old news, unless the user just came back from checkout (`afterCheckout`).
 * A trial start is no payment; the first payment is told by its 250 XP (requirements R8).
 */
export function announce(
  seen: Seen | null,
  now: Now,
  afterCheckout: boolean,
): { tell: Announcement | null; seen: Seen } {
  if (seen && now.version <= seen.version) return { tell: null, seen };
  const before: Seen = seen ?? {
    version: -1,
    plan: afterCheckout ? "free" : now.plan,
    xp: afterCheckout ? 0 : now.xp,
    premiumTold: false,
  };
  const firstPayment = !before.premiumTold && now.plan === "paid" && now.xp >= before.xp + FIRST_PREMIUM_XP;
  const trialStarted = before.plan === "free" && now.plan === "trial";
  return {
    tell: firstPayment ? "premium-activated" : trialStarted ? "trial-started" : null,
    seen: { ...now, premiumTold: before.premiumTold || firstPayment },
  };
}

/** Reads a stored memory; anything that is not one counts as none. */
export function readSeen(value: Record<string, unknown> | null): Seen | null {
  if (!value) return null;
  const { version, plan, xp, premiumTold } = value;
  if (typeof version !== "number" || typeof xp !== "number") return null;
  if (plan !== "free" && plan !== "trial" && plan !== "paid") return null;
  return { version, plan, xp, premiumTold: premiumTold === true };
}
