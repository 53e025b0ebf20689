import { checkoutAttempts, provisionalGrants, users, withdrawals } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { withdrawInput } from "@liveassist/shared/inputs/subscription";
import { and, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import { askStripe } from "../billing/ask-stripe.ts";
import type { Actor, Deps } from "../deps.ts";
import { writeMail } from "../mail/write-mail.ts";
import { withPatience } from "../with-patience.ts";
import { finishWithdrawal, LEASE_MS } from "./finish-withdrawal.ts";
import { readWithdrawal, type Withdrawal } from "./read-withdrawal.ts";
import { receiptMail } from "./withdrawal-mails.ts";
import { withdrawalState } from "./withdrawal-state.ts";

type Statement = z.infer<typeof withdrawInput>;

/** Who withdraws waits so long for Stripe; then the answer says that the refund is on its way, and it goes on. */
const PATIENCE_MS = 4_000;

/**
 * Takes a withdrawal from the contract (`POST /api/subscriptions/withdraw`, EU 2023/2673, art. 11a). The statement and its
 * receipt are stored first, and bind us; then Stripe cancels and refunds. Ends in `WITHDRAWAL_OVER`, `NO_SUBSCRIPTION`, or
 * `STRIPE_UNAVAILABLE` when no contract is known and Stripe cannot be asked for one. Repeating gives the same answer.
 */
export async function withdrawSubscription(
  deps: Deps,
  actor: Actor,
  statement: Statement,
): Promise<Withdrawal> {
  // In time is who came in time, however long Stripe takes to answer.
  const receivedAt = deps.clock.now();
  const { stale } = await askStripe(deps, actor.userId);
  const stored = await storeStatement(deps, actor.userId, { ...statement, receivedAt });
  const isOld = stored.state === "received" && stored.ids.length === 0;
  const isUnseen = stale && isOld && (await hasUnseenPurchase(deps, actor.userId));
  if (stored.state === "none" || isUnseen) {
    if (stale) throw new AppError("STRIPE_UNAVAILABLE", "Your purchase cannot be looked up now; try again.");
    throw new AppError("NO_SUBSCRIPTION", "There is no contract to withdraw from.");
  }
  if (stored.state === "over")
    throw new AppError("WITHDRAWAL_OVER", "The 14 days have passed. You can still cancel at any time.");
  const finishing = Promise.all(stored.ids.map((id) => finishWithdrawal(deps, id)));
  await withPatience(finishing, PATIENCE_MS);
  return readWithdrawal(deps, actor);
}

/** True when something may have been bought since an earlier withdrawal: that one is no answer to a statement about this. */
async function hasUnseenPurchase(deps: Deps, userId: string): Promise<boolean> {
  const [grants, withdrawn, attempts] = await Promise.all([
    deps.db.select().from(provisionalGrants).where(eq(provisionalGrants.userId, userId)),
    deps.db.select().from(withdrawals).where(eq(withdrawals.userId, userId)),
    deps.db
      .select({ id: checkoutAttempts.id })
      .from(checkoutAttempts)
      .where(and(eq(checkoutAttempts.userId, userId), inArray(checkoutAttempts.state, ["open", "paid"]))),
  ]);
  const known = new Set(withdrawn.map((one) => one.subscriptionId));
  return attempts.length > 0 || grants.some((grant) => !known.has(grant.subscriptionId));
}

interface Stored {
  readonly state: "none" | "over" | "received";
  readonly ids: readonly string[];
}

/** Statement and receipt in one transaction, under the user's row lock: of two tabs the second finds it received. */
async function storeStatement(
  deps: Deps,
  userId: string,
  statement: Statement & { receivedAt: number },
): Promise<Stored> {
  const price = await deps.price();
  const { name, email } = statement;
  return deps.db.transaction(async (tx) => {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
    const { right } = await withdrawalState(deps, tx, { userId, price, now: statement.receivedAt });
    if (right.state !== "possible") return { state: right.state, ids: [] };
    const receivedAt = new Date(statement.receivedAt);
    // The lease of this process; whoever kills it leaves the rest to the sweep.
    const nextAttemptAt = new Date(deps.clock.wall() + LEASE_MS);
    const rows = right.covered.map(({ id: subscriptionId }) => ({
      id: deps.random.uuid(),
      userId,
      subscriptionId,
      name,
      email,
      receivedAt,
      nextAttemptAt,
    }));
    await tx.insert(withdrawals).values(rows);
    const ids = rows.map((row) => row.id);
    const mail = receiptMail(deps.settings, { name, email, receivedAt, contracts: right.covered });
    await writeMail(deps, tx, { userId, key: `withdrawal:${ids[0]}`, ...mail });
    deps.log.info(
      { userId, withdrawalIds: ids, subscriptionIds: rows.map((row) => row.subscriptionId) },
      "withdrawal received",
    );
    return { state: "received", ids };
  });
}
