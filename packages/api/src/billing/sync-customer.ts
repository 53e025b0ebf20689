import { anyOf, type Tx } from "@liveassist/db";
import { stripeCustomers, subscriptions, users } from "@liveassist/db/schema";
import { derivePlan } from "@liveassist/shared/derive-plan";
import { isKnownStatus, isOver } from "@liveassist/shared/subscription";
import { and, eq, lt, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import type { PriceOffer } from "../stripe-port.ts";
import { closeAttempts } from "./close-attempts.ts";
import { expireObsoleteCheckouts } from "./expire-obsolete-checkouts.ts";
import { toFacts } from "./load-facts.ts";
import { markEvents } from "./mark-events.ts";
import { type Observation, observeCustomer } from "./observe-customer.ts";
import { pendingEventsOf } from "./pending-events.ts";
import { type Settled, settleUser } from "./settle-user.ts";
import { toSubscriptionRow } from "./subscription-row.ts";

export interface SyncResult {
  /** Null: a newer observation had already been written; its state stands. */
  readonly settled: Settled | null;
  readonly seq: number;
}

/**
 * Makes everything we store of one bound Stripe customer match what Stripe says now (design, "The idea"). The only way
 * subscription state is ever written. Safe to call at any time, from anywhere, any number of times at once.
 *
 * Ends in `StripeError` when Stripe cannot be asked; then nothing was changed.
 */
export async function syncCustomer(deps: Deps, customerId: string): Promise<SyncResult> {
  const pending = await pendingEventsOf(deps.db, customerId);
  const observed = await observeCustomer(deps, customerId, pending);
  const price = await deps.price();
  const settled = await deps.db.transaction(async (tx) => {
    const [binding] = await tx
      .select({ userId: stripeCustomers.userId })
      .from(stripeCustomers)
      .where(eq(stripeCustomers.customerId, customerId));
    if (!binding) throw new Error(`customer ${customerId} is bound to no user`);
    await tx.select({ id: users.id }).from(users).where(eq(users.id, binding.userId)).for("update");
    const newest = await takeNumber(tx, observed);
    let result: Settled | null = null;
    if (newest) {
      await writeSubscriptions(deps, tx, { observed, userId: binding.userId, price });
      result = await settleUser(deps, tx, { userId: binding.userId, price });
      await closeAttempts(tx, { userId: binding.userId, observed, now: deps.clock.now() });
    }
    await markEvents(deps, tx, { pending, observed, userId: binding.userId });
    return result;
  });
  report(deps, observed, settled);
  if (settled && settled.changed.length > 0) deps.bus.nudge("outbox");
  if (settled) await expireObsoleteCheckouts(deps, settled.userId);
  return { settled, seq: observed.seq };
}

/** False when a newer observation of this customer is already written: an older one never overwrites it (design I2). */
async function takeNumber(tx: Tx, observed: Observation): Promise<boolean> {
  const taken = await tx
    .update(stripeCustomers)
    .set({
      observedSeq: observed.seq,
      observedAt: new Date(observed.at),
      ...(observed.customerDeleted
        ? { deletedAt: sql`coalesce(deleted_at, ${new Date(observed.at).toISOString()})` }
        : {}),
    })
    .where(
      and(eq(stripeCustomers.customerId, observed.customerId), lt(stripeCustomers.observedSeq, observed.seq)),
    )
    .returning({ customerId: stripeCustomers.customerId });
  return taken.length > 0;
}

async function writeSubscriptions(
  deps: Deps,
  tx: Tx,
  { observed, userId, price }: { observed: Observation; userId: string; price: PriceOffer },
): Promise<void> {
  const stored = await tx
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.customerId, observed.customerId));
  const before = new Map(stored.map((row) => [row.providerSubscriptionId, row]));
  for (const snapshot of observed.subscriptions) {
    const row = toSubscriptionRow({ snapshot, old: before.get(snapshot.id), userId, observed });
    const { plan } = derivePlan([toFacts(row, price)], deps.clock.now(), deps.settings.grace);
    const write = { ...row, plan };
    await tx.insert(subscriptions).values(write).onConflictDoUpdate({
      target: subscriptions.providerSubscriptionId,
      set: write,
    });
  }
  if (observed.customerDeleted) await endMissing(tx, observed);
}

/** A deleted customer's subscriptions ended with it; only those not in the snapshot are left to mark (stripe-facts Q). */
async function endMissing(tx: Tx, observed: Observation): Promise<void> {
  const listed = observed.subscriptions.map((one) => one.id);
  const rows = await tx
    .select({ id: subscriptions.providerSubscriptionId, status: subscriptions.status })
    .from(subscriptions)
    .where(eq(subscriptions.customerId, observed.customerId));
  const gone = rows.filter((row) => !isOver(row.status) && !listed.includes(row.id)).map((row) => row.id);
  if (gone.length === 0) return;
  const ended = new Date(observed.at);
  await tx
    .update(subscriptions)
    .set({
      status: "canceled",
      knownStatus: "canceled",
      plan: "free",
      endedAt: ended,
      observedAt: ended,
      observedSeq: observed.seq,
    })
    .where(anyOf(subscriptions.providerSubscriptionId, gone));
}

function report(deps: Deps, observed: Observation, settled: Settled | null): void {
  const ids = { customerId: observed.customerId, seq: observed.seq };
  for (const subscription of observed.subscriptions) {
    if (isKnownStatus(subscription.status)) continue;
    deps.log.error(
      { alarm: "unknown_status", ...ids, subscriptionId: subscription.id, status: subscription.status },
      "Stripe says a subscription status we do not know; the last known plan is kept",
    );
  }
  if (observed.lost.length > 0 && !observed.customerDeleted) {
    deps.log.error(
      { alarm: "subscription_missing", ...ids, subscriptionIds: observed.lost },
      "Stripe no longer knows a live subscription; it is kept",
    );
  }
  if (settled) deps.log.info({ ...ids, ...settled }, "customer synced");
  else deps.log.info(ids, "observation discarded: a newer one is already written");
}
