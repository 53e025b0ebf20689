import type { Tx } from "@liveassist/db";
import { usage, users, xpEvents } from "@liveassist/db/schema";
import { FIRST_PREMIUM_REASON, FIRST_PREMIUM_XP } from "@liveassist/shared/money";
import type { VisibleState } from "@liveassist/shared/subscription";
import { and, eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { type Activation, recordActivations } from "../operations/record-activation.ts";
import { IS_LIVE } from "../uploads/live-units.ts";
import { appendSubscriptionEvent } from "./append-subscription-event.ts";
import type { Observation } from "./ask-about-customer.ts";
import { computeHappenings, type Happened } from "./compute-happenings.ts";
import type { Terms } from "./compute-rows.ts";
import { computeSettlement, owesFirstPremium, type User, visibleOf } from "./compute-settlement.ts";
import { dueActivations } from "./due-activations.ts";
import type { SubscriptionRow } from "./load-facts.ts";
import { recordHappenings } from "./record-happenings.ts";
import { asGrants, type GrantRow, type StoredState } from "./stored-state.ts";

/** What settling did: the names of the changed visible fields, the XP granted and the version written, for the log. */
export interface Settled {
  readonly userId: string;
  readonly before: string;
  readonly after: string;
  readonly changed: readonly string[];
  readonly xpAwarded: number;
  readonly version: number;
  /** To be reported after the commit. */
  readonly news: readonly Happened[];
  /** To be measured after the commit. */
  readonly activated: readonly Activation[];
  /** Of each changed field what it was and what it is, for the user's timeline. */
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}

interface Settling {
  /** The user's row, locked by the caller's transaction. */
  readonly user: User;
  readonly stored: StoredState;
  /** All subscription rows of all their customers, as they are now. */
  readonly rows: readonly SubscriptionRow[];
  /** The grants that still stand. */
  readonly grants: readonly GrantRow[];
  /** Null: settled by what is stored, without asking Stripe. */
  readonly observed: Observation | null;
  readonly terms: Terms;
}

/**
 * Makes a user's row say what their subscription rows amount to now, grants the first-payment XP, and writes what they and
 * the operator must hear: all in the caller's transaction, under the user's row lock (requirements R17, R18).
 */
export async function settleUser(deps: Deps, tx: Tx, settling: Settling): Promise<Settled> {
  const { user, stored, rows, observed, terms } = settling;
  const xpAwarded = owesFirstPremium(rows, terms) ? await grantFirstPremium(deps, tx, user.id) : 0;
  const grants = asGrants(settling.grants);
  const settlement = computeSettlement({ user, rows, grants, xpAwarded }, terms);
  const { told, kept, changed, premiumBegins, speakerId } = settlement;
  const isDeleted = user.deletedAt !== null;
  const turn = { before: stored.rows, rows, observed, flags: stored.flags, speakerId, isDeleted };
  const happened = computeHappenings(turn, terms);
  const news = await recordHappenings(deps, tx, { user, happened, terms });
  const isNews = changed.length > 0;
  const version = isNews
    ? await appendSubscriptionEvent(tx, { ...told, id: user.id }, xpAwarded)
    : user.version;
  const given = { before: stored.rows, rows, grantsBefore: stored.grants, grants: settling.grants };
  const due = isDeleted ? [] : dueActivations(given);
  const [activated] = await Promise.all([
    recordActivations(deps, tx, { userId: user.id, due }),
    tx
      .update(users)
      .set({ ...told, ...kept, version, ...(premiumBegins ? { imageCounter: 0 } : {}) })
      .where(eq(users.id, user.id)),
  ]);
  if (premiumBegins) await forgiveUsage(tx, user.id);
  const [before, after] = [user.subscriptionStatus, told.subscriptionStatus];
  const changes = changesOf(user, { ...user, ...told, ...kept }, changed);
  return { userId: user.id, before, after, changed, xpAwarded, version, news, activated, changes };
}

/** What each changed field was and is; moments as ISO. */
function changesOf(before: User, after: User, changed: readonly (keyof VisibleState)[]): Settled["changes"] {
  const [old, now] = [visibleOf(before), visibleOf(after)];
  const shown = (field: keyof VisibleState, value: unknown): unknown =>
    typeof value === "number" && field !== "xp" ? new Date(value).toISOString() : value;
  return Object.fromEntries(
    changed.map((field) => [field, [shown(field, old[field]), shown(field, now[field])] as const]),
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
    .where(and(eq(usage.userId, userId), IS_LIVE));
}
