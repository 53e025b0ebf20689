import { daysUntil } from "../../lib/format.ts";
import type { Standing } from "./standing.ts";
import type { Withdrawal } from "./types.ts";

/** What stands above every page while it matters; one thing at a time, the most urgent first. */
export type Banner =
  | { kind: "past-due"; until: string | null; ending: boolean }
  | { kind: "unpaid" }
  | { kind: "incomplete" }
  | { kind: "refund"; amountOre: number; currency: string }
  | { kind: "trial-ends"; until: string; charge: { at: string; ore: number } | null };

export interface BannerFacts {
  standing: Standing | null;
  withdrawal: Withdrawal | undefined;
  /** Epoch ms. */
  now: number;
  /** The trial's end the user has already put the notice away for: it names the subscription. */
  dismissed: string | null;
}

const TRIAL_NOTICE_DAYS = 3;

/** Which banner, if any (issue 3, point 1). */
export function bannerOf({ standing, withdrawal, now, dismissed }: BannerFacts): Banner | null {
  if (withdrawal?.state === "received" && withdrawal.refund?.state === "pending") {
    const { amount_ore: amountOre, currency } = withdrawal.refund;
    return { kind: "refund", amountOre, currency };
  }
  switch (standing?.kind) {
    case "past-due":
      return { kind: "past-due", until: standing.until, ending: standing.ending };
    case "unpaid":
    case "incomplete":
      return { kind: standing.kind };
    case "trial": {
      const soon = daysUntil(standing.until, now) <= TRIAL_NOTICE_DAYS && Date.parse(standing.until) > now;
      if (!soon || dismissed === standing.until) return null;
      return { kind: "trial-ends", until: standing.until, charge: standing.charge };
    }
    default:
      return null;
  }
}
