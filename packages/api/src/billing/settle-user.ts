import type { Tx } from "@liveassist/db";
import { usage, users, xpEvents } from "@liveassist/db/schema";
import { derivePlan } from "@liveassist/shared/derive-plan";
import { FIRST_PREMIUM_REASON, FIRST_PREMIUM_XP } from "@liveassist/shared/money";
import { isPremium } from "@liveassist/shared/plans";
import {
  isOver,
  type SubscriptionFacts,
  type VisibleState,
  visibleDiff,
} from "@liveassist/shared/subscription";
import { and, eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import type { PriceOffer } from "../stripe-port.ts";
import { appendSubscriptionEvent } from "./append-subscription-event.ts";
import { subscriptionRowsOf, toFacts } from "./load-facts.ts";

type User = typeof users.$inferSelect;
type SubscriptionRow = Awaited<ReturnType<typeof subscriptionRowsOf>>[number];

/** What settling did: the names of the changed visible fields, the XP granted and the version written, for the log. */
export interface Settled {
  readonly userId: string;
  readonly before: string;
  readonly after: string;
  readonly changed: readonly string[];
  readonly xpAwarded: number;
  readonly version: number;
}

const RECHECK_MS = 60_000;

const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

/**
 * Makes a user's row say what their subscription rows amount to now, grants the first-payment XP, and writes what they
 * must hear: all in the caller's transaction, under the user's row lock (requirements R17, R18). Answers null for a user
 * that does not exist.
 */
export async function settleUser(
  deps: Deps,
  tx: Tx,
  input: { userId: string; price: PriceOffer },
): Promise<Settled | null> {
  const [user] = await tx.select().from(users).where(eq(users.id, input.userId)).for("update");
  if (!user) return null;
  const now = deps.clock.now();
  const rows = await subscriptionRowsOf(tx, user.id);
  const facts = rows.map((row) => toFacts(row, input.price));
  const standing = derivePlan(facts, now, deps.settings.grace);
  alarmSeveral(deps, user.id, facts);
  const everPaid = facts.some((one) => one.counts && one.everPaid);
  const xpAwarded = everPaid ? await grantFirstPremium(deps, tx, user) : 0;
  const before = visibleOf(user);
  const after: VisibleState = { ...standing, xp: user.xp + xpAwarded };
  const changed = visibleDiff(before, after);
  const premiumBegins = !isPremium(user.subscriptionStatus) && isPremium(standing.plan);
  const told = {
    subscriptionStatus: standing.plan,
    subscriptionExpiry: date(standing.expiry),
    stripeStatus: standing.stripeStatus,
    cancelAt: date(standing.cancelAt),
    xp: after.xp,
  };
  const isNews = changed.length > 0;
  const version = isNews
    ? await appendSubscriptionEvent(tx, { ...told, id: user.id }, xpAwarded)
    : user.version;
  await tx
    .update(users)
    .set({
      ...told,
      trialEndsAt: date(standing.trialEndsAt),
      checkAt: nextCheck(standing.checkAt, now),
      trialUsedAt: user.trialUsedAt ?? firstTrial(rows.filter((_, at) => facts[at]?.counts)),
      version,
      ...(premiumBegins ? { imageCounter: 0 } : {}),
    })
    .where(eq(users.id, user.id));
  if (premiumBegins) await forgiveUsage(tx, user.id);
  return {
    userId: user.id,
    before: user.subscriptionStatus,
    after: standing.plan,
    changed,
    xpAwarded,
    version,
  };
}

/** A boundary that has passed and could not be observed (the subscription is lost) is not due again in each sweep. */
const nextCheck = (checkAt: number | null, now: number): Date | null =>
  date(checkAt === null || checkAt > now ? checkAt : now + RECHECK_MS);

const visibleOf = (user: User): VisibleState => ({
  plan: user.subscriptionStatus,
  expiry: user.subscriptionExpiry?.getTime() ?? null,
  stripeStatus: user.stripeStatus,
  trialEndsAt: user.trialEndsAt?.getTime() ?? null,
  cancelAt: user.cancelAt?.getTime() ?? null,
  xp: user.xp,
});

/** Two that were paid all the same: one is kept, the other has to be refunded by a person (requirements R23). */
function alarmSeveral(deps: Deps, userId: string, facts: readonly SubscriptionFacts[]): void {
  const live = facts.filter((one) => one.counts && !isOver(one.status)).map((one) => one.id);
  if (live.length < 2) return;
  deps.log.error(
    { alarm: "several_live_subscriptions", userId, subscriptionIds: live },
    "a user pays for more than one subscription; refund all but one",
  );
}

/** 250 the first time, else 0: the unique key decides, whoever races (design I5). */
async function grantFirstPremium(deps: Deps, tx: Tx, user: User): Promise<number> {
  const granted = await tx
    .insert(xpEvents)
    .values({
      id: deps.random.uuid(),
      userId: user.id,
      amount: FIRST_PREMIUM_XP,
      reason: FIRST_PREMIUM_REASON,
      idempotencyKey: `${FIRST_PREMIUM_REASON}:${user.id}`,
      ts: new Date(deps.clock.now()),
    })
    .onConflictDoNothing()
    .returning({ id: xpEvents.id });
  return granted.length > 0 ? FIRST_PREMIUM_XP : 0;
}

/** The trial is used up when Stripe first showed one (requirements R2). */
function firstTrial(rows: readonly SubscriptionRow[]): Date | null {
  const starts = rows.map((row) => row.trialStartedAt).filter((start) => start !== null);
  return starts.length > 0 ? new Date(Math.min(...starts.map(Number))) : null;
}

/** Images taken while free do not count any more once Premium begins (design I9). */
async function forgiveUsage(tx: Tx, userId: string): Promise<void> {
  await tx
    .update(usage)
    .set({ counted: false })
    .where(and(eq(usage.userId, userId), eq(usage.counted, true)));
}
