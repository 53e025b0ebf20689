import type { Tx } from "@liveassist/db";
import { usage, users, xpEvents } from "@liveassist/db/schema";
import { FIRST_PREMIUM_REASON, FIRST_PREMIUM_XP } from "@liveassist/shared/money";
import { isOver } from "@liveassist/shared/subscription";
import { and, eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { alarmDeletedUser } from "./alarm-deleted-user.ts";
import { appendSubscriptionEvent } from "./append-subscription-event.ts";
import type { Terms } from "./compute-rows.ts";
import { computeSettlement, owesFirstPremium, type User } from "./compute-settlement.ts";
import { type SubscriptionRow, toFacts } from "./load-facts.ts";

/** What settling did: the names of the changed visible fields, the XP granted and the version written, for the log. */
export interface Settled {
  readonly userId: string;
  readonly before: string;
  readonly after: string;
  readonly changed: readonly string[];
  readonly xpAwarded: number;
  readonly version: number;
}

interface Standing {
  /** The user's row, locked by the caller's transaction. */
  readonly user: User;
  /** All subscription rows of all their customers, as they are now. */
  readonly rows: readonly SubscriptionRow[];
  readonly terms: Terms;
}

/**
 * Makes a user's row say what their subscription rows amount to now, grants the first-payment XP, and writes what they
 * must hear: all in the caller's transaction, under the user's row lock (requirements R17, R18).
 */
export async function settleUser(deps: Deps, tx: Tx, { user, rows, terms }: Standing): Promise<Settled> {
  alarmSeveral(deps, { user, rows, terms });
  if (user.deletedAt !== null) alarmDeletedUser(deps, user.id, rows);
  const xpAwarded = owesFirstPremium(rows, terms) ? await grantFirstPremium(deps, tx, user.id) : 0;
  const { told, kept, changed, premiumBegins } = computeSettlement({ user, rows, xpAwarded }, terms);
  const version =
    changed.length > 0
      ? await appendSubscriptionEvent(tx, { ...told, id: user.id }, xpAwarded)
      : user.version;
  await tx
    .update(users)
    .set({ ...told, ...kept, version, ...(premiumBegins ? { imageCounter: 0 } : {}) })
    .where(eq(users.id, user.id));
  if (premiumBegins) await forgiveUsage(tx, user.id);
  return {
    userId: user.id,
    before: user.subscriptionStatus,
    after: told.subscriptionStatus,
    changed,
    xpAwarded,
    version,
  };
}

/** Two that were paid all the same: one is kept, the other has to be refunded by a person (requirements R23). */
function alarmSeveral(deps: Deps, { user, rows, terms }: Standing): void {
  const facts = rows.map((row) => toFacts(row, terms.price));
  const live = facts.filter((one) => one.counts && !isOver(one.status)).map((one) => one.id);
  if (live.length < 2) return;
  deps.log.error(
    { alarm: "several_live_subscriptions", userId: user.id, subscriptionIds: live },
    "a user pays for more than one subscription; refund all but one",
  );
}

/** 250 the first time, else 0: the unique key decides, whoever races (design I5). */
async function grantFirstPremium(deps: Deps, tx: Tx, userId: string): Promise<number> {
  const granted = await tx
    .insert(xpEvents)
    .values({
      id: deps.random.uuid(),
      userId,
      amount: FIRST_PREMIUM_XP,
      reason: FIRST_PREMIUM_REASON,
      idempotencyKey: `${FIRST_PREMIUM_REASON}:${userId}`,
      ts: new Date(deps.clock.now()),
    })
    .onConflictDoNothing()
    .returning({ id: xpEvents.id });
  return granted.length > 0 ? FIRST_PREMIUM_XP : 0;
}

/** Images taken while free do not count any more once Premium begins (design I9). */
async function forgiveUsage(tx: Tx, userId: string): Promise<void> {
  await tx
    .update(usage)
    .set({ counted: false })
    .where(and(eq(usage.userId, userId), eq(usage.counted, true)));
}
