import type { Settings } from "@liveassist/stripe-emulator";
import type { Life } from "./life.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const MONTH = 31 * DAY;

/** What a user must see, said by hand for each moment of a lifecycle: the oracle knows none of the product's code. */
export interface Sight {
  readonly plan: "free" | "trial" | "paid";
  readonly status: string;
  /** Null: what was paid before it stopped being ours counts only if somebody looked meanwhile. */
  readonly xp: 0 | 250 | null;
  /** Where the date comes from: the period or trial Stripe reports, seven days after the unpaid invoice, or there is none. */
  readonly until: "period" | "trial" | "grace" | "never";
  readonly cancels: boolean;
}

/** Something happens at Stripe, for each user or by time alone; then `sees` is the truth. */
export interface Step {
  readonly does?: (life: Life) => Promise<unknown>;
  /** Milliseconds that pass after it, for everybody. */
  readonly passes?: number;
  readonly sees: Sight;
}

export interface Lifecycle {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Visible changes, when each is seen as it happens: nobody hears more often. */
  readonly pushes: number;
  readonly trialUsed: boolean;
  /** Made at Stripe for a customer we never heard of: when every event is lost, only a walk over all of Stripe finds it. */
  readonly madeByHand?: boolean;
  readonly settings?: Partial<Settings>;
  readonly env?: Record<string, string>;
}

const sight = (
  plan: Sight["plan"],
  status: string,
  { until = "never" as Sight["until"], xp = 250 as Sight["xp"], cancels = false },
): Sight => ({ plan, status, until, xp, cancels });

export const TRIAL = sight("trial", "trialing", { until: "trial", xp: 0 });
export const PAID = sight("paid", "active", { until: "period" });
export const UNPAID_YET = sight("paid", "active", { until: "period", xp: 0 });
export const OVERDUE = sight("paid", "past_due", { until: "grace" });
export const CANCELING = { ...PAID, cancels: true };
/** Free, with Stripe's last word; the XP of a first payment stays. */
export const free = (status: string, xp: Sight["xp"] = 250): Sight => sight("free", status, { xp });
