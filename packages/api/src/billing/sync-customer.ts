import type { Tx } from "@liveassist/db";
import { stripeCustomers, users } from "@liveassist/db/schema";
import { and, eq, getTableColumns, lt, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { measureActivations } from "../operations/record-activation.ts";
import type { Observation } from "./ask-about-customer.ts";
import { computeAttempts } from "./compute-attempts.ts";
import { computeRows, type Terms, withRows } from "./compute-rows.ts";
import type { User } from "./compute-settlement.ts";
import { decideEvents } from "./decide-events.ts";
import { endGrants, isAnswered } from "./end-grants.ts";
import { expireObsoleteCheckouts } from "./expire-obsolete-checkouts.ts";
import { markEvents, reportEvents } from "./mark-events.ts";
import { moveAttempts } from "./move-attempts.ts";
import { noteSync, type Road } from "./note-sync.ts";
import { type Observed, observeCustomer } from "./observe-customer.ts";
import { pendingEventsOf } from "./pending-events.ts";
import { reportHappenings } from "./report-happenings.ts";
import { type Settled, settleUser } from "./settle-user.ts";
import { storedState } from "./stored-state.ts";
import { writeRows } from "./write-rows.ts";

export interface SyncResult {
  /** Null: a newer observation had already been written; its state stands. */
  readonly settled: Settled | null;
  readonly seq: number;
}

/**
 * Makes everything we store of one bound Stripe customer match what Stripe says now (design, "The idea"). The only way
 * subscription state is ever written. Safe to call at any time, from anywhere, any number of times at once. `road`: who
 * asked, for the user's timeline.
 *
 * Ends in `StripeError` when Stripe cannot be asked; then nothing was changed.
 */
export async function syncCustomer(deps: Deps, customerId: string, road?: Road): Promise<SyncResult> {
  const began = deps.clock.wall();
  const price = await deps.price();
  const pending = await pendingEventsOf(deps.db, customerId);
  const observed = await observeCustomer(deps, { customerId, pending, price });
  const { seq } = observed;
  const wall = deps.clock.wall();
  const decisions = decideEvents(pending, observed, wall);
  const { userId, settled, marked } = await deps.db.transaction(async (tx) => {
    const user = await lockUserOf(tx, customerId);
    const terms = { now: deps.clock.now(), price, grace: deps.settings.grace };
    const isNewest = await takeNumber(tx, observed);
    const result = isNewest ? await write(deps, tx, { user, observed, terms }) : null;
    const ended = await markEvents(deps, tx, { decisions, seq, user, wall, terms });
    return { userId: user.id, settled: result, marked: ended };
  });
  reportEvents(deps, marked, { userId, seq });
  report(deps, observed, settled);
  noteSync(deps, { road, began, userId, customerId, seq, decisions: marked.decisions, settled });
  if (settled && settled.changed.length > 0) deps.bus.nudge("outbox");
  if (settled) await expireObsoleteCheckouts(deps, userId);
  return { settled, seq };
}

/** The user's row, locked: whatever is written about a user is written one after the other (design I4). */
async function lockUserOf(tx: Tx, customerId: string): Promise<User> {
  const [user] = await tx
    .select(getTableColumns(users))
    .from(users)
    .innerJoin(stripeCustomers, eq(stripeCustomers.userId, users.id))
    .where(eq(stripeCustomers.customerId, customerId))
    .for("update", { of: users });
  if (!user) throw new Error(`customer ${customerId} is bound to no user`);
  return user;
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

interface Seen {
  readonly user: User;
  readonly observed: Observation;
  readonly terms: Terms;
}

async function write(deps: Deps, tx: Tx, { user, observed, terms }: Seen): Promise<Settled> {
  const stored = await storedState(tx, user.id);
  const written = computeRows({ stored: stored.rows, observed, userId: user.id }, terms);
  const rows = withRows(stored.rows, written);
  const grants = stored.grants.filter((grant) => !isAnswered(grant, observed));
  await writeRows(tx, written);
  if (grants.length < stored.grants.length) await endGrants(tx, observed);
  await moveAttempts(tx, computeAttempts(stored.attempts, observed, rows), terms.now);
  return settleUser(deps, tx, { user, stored, rows, grants, observed, terms });
}

function report(deps: Deps, observed: Observed, settled: Settled | null): void {
  const ids = { customerId: observed.customerId, seq: observed.seq };
  // Asked about each minute past its end, it would be an alarm each minute.
  if (observed.lostAnew.length > 0 && !observed.customerDeleted) {
    deps.log.error(
      { alarm: "subscription_missing", ...ids, subscriptionIds: observed.lostAnew },
      "Stripe no longer knows a live subscription; it is kept",
    );
  }
  if (settled) {
    const { news, activated, changes, ...line } = settled;
    reportHappenings(deps, settled.userId, news);
    measureActivations(deps, activated);
    deps.log.info({ ...ids, ...line }, "customer synced");
  } else deps.log.info(ids, "observation discarded: a newer one is already written");
}
