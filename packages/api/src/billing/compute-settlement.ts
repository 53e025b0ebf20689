import type { users } from "@liveassist/db/schema";
import { derivePlan } from "@liveassist/shared/derive-plan";
import { isPremium } from "@liveassist/shared/plans";
import { type ProvisionalGrant, withGrants } from "@liveassist/shared/provisional";
import { type VisibleState, visibleDiff } from "@liveassist/shared/subscription";
import { REMIND_MS } from "./compute-happenings.ts";
import type { Terms } from "./compute-rows.ts";
import { type SubscriptionRow, toFacts } from "./load-facts.ts";

export type User = typeof users.$inferSelect;

/** What of a user's row a client is told (requirements R18). */
export type Told = Pick<
  User,
  "subscriptionStatus" | "subscriptionExpiry" | "stripeStatus" | "cancelAt" | "xp"
>;

/** What has to be written so that a user's row says what their subscriptions amount to. */
export interface Settlement {
  readonly told: Told;
  /** Columns that only the server reads. */
  readonly kept: Pick<User, "trialEndsAt" | "checkAt" | "trialUsedAt">;
  /** Names of the fields in which a client sees a difference; none: there is nothing to tell. */
  readonly changed: readonly (keyof VisibleState)[];
  /** From free to Premium: today's images are forgiven (requirements R17, design I9). */
  readonly premiumBegins: boolean;
  /** The subscription whose row speaks for the user. */
  readonly speakerId: string | null;
}

interface Standings {
  /** The user's row as it is stored. */
  readonly user: User;
  /** All subscription rows of all their customers, as they are now. */
  readonly rows: readonly SubscriptionRow[];
  /** Granted on events' word while Stripe cannot be asked (design I11). */
  readonly grants: readonly ProvisionalGrant[];
  /** What this settlement itself granted: 250 or 0. */
  readonly xpAwarded: number;
}

/** A boundary that passed and could not be observed (the subscription is lost) is not due again in each sweep. */
const RECHECK_MS = 60_000;

const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** True when the first real payment was seen: 250 XP are owed, once (requirements R8). The unique key decides about once. */
export const owesFirstPremium = (rows: readonly SubscriptionRow[], terms: Terms): boolean =>
  rows.some((row) => row.firstPaidAt !== null && toFacts(row, terms.price).counts);

/** The decision of a settlement: what the user's rows amount to now, and what is news to the user (requirements R9, R17). */
export function computeSettlement(stored: Standings, terms: Terms): Settlement {
  const { user, rows, grants, xpAwarded } = stored;
  const facts = rows.map((row) => toFacts(row, terms.price));
  const byRows = derivePlan(facts, terms.now, terms.grace);
  const standing = withGrants(byRows, grants, terms.now);
  const xp = user.xp + xpAwarded;
  return {
    told: {
      subscriptionStatus: standing.plan,
      subscriptionExpiry: date(standing.expiry),
      stripeStatus: standing.stripeStatus,
      cancelAt: date(standing.cancelAt),
      xp,
    },
    kept: {
      trialEndsAt: date(standing.trialEndsAt),
      checkAt: nextCheck(earliest(standing.checkAt, remindAt(rows, terms)), terms.now),
      trialUsedAt: user.trialUsedAt ?? firstTrial(rows.filter((_, at) => facts[at]?.counts)),
    },
    changed: visibleDiff(visibleOf(user), { ...standing, xp }),
    premiumBegins: !isPremium(user.subscriptionStatus) && isPremium(standing.plan),
    speakerId: byRows.subscriptionId,
  };
}

const earliest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

/** When the first reminder of a trial's end is due that Stripe was not asked since; a trial's end is near enough for itself. */
function remindAt(rows: readonly SubscriptionRow[], terms: Terms): number | null {
  const due = rows
    .filter(
      (row) => row.status === "trialing" && row.trialEndsAt !== null && toFacts(row, terms.price).counts,
    )
    .map((row) => ({ at: Number(row.trialEndsAt) - REMIND_MS, observedAt: Number(row.observedAt) }))
    .filter(({ at, observedAt }) => observedAt < at)
    .map(({ at }) => at);
  return due.length > 0 ? Math.min(...due) : null;
}

const nextCheck = (checkAt: number | null, now: number): Date | null =>
  date(checkAt === null || checkAt > now ? checkAt : now + RECHECK_MS);

/** What a client sees of a user, by the stored row. Times are epoch milliseconds. */
export const visibleOf = (user: User): VisibleState => ({
  plan: user.subscriptionStatus,
  expiry: user.subscriptionExpiry?.getTime() ?? null,
  stripeStatus: user.stripeStatus,
  trialEndsAt: user.trialEndsAt?.getTime() ?? null,
  cancelAt: user.cancelAt?.getTime() ?? null,
  xp: user.xp,
});

/** The trial is used up when Stripe first showed one (requirements R2). */
function firstTrial(rows: readonly SubscriptionRow[]): Date | null {
  const starts = rows.map((row) => row.trialStartedAt).filter((start) => start !== null);
  return starts.length > 0 ? new Date(Math.min(...starts.map(Number))) : null;
}
