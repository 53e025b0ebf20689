import { billingFlags, subscriptions, withdrawals } from "@liveassist/db/schema";
import { isOver } from "@liveassist/shared/subscription";
import { and, eq, isNull } from "drizzle-orm";
import { isTransient, retryDelay } from "../billing/fail-events.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Deps } from "../deps.ts";
import { writeMail } from "../mail/write-mail.ts";
import { type Refund, StripeError } from "../stripe-port.ts";
import { refundMail } from "./withdrawal-mails.ts";
import type { WithdrawalRow } from "./withdrawal-state.ts";

/** How long a process has a withdrawal to itself, wall time. Two at once do no harm: every step may be repeated. */
export const LEASE_MS = 15_000;
/** So many failures in a row are some five minutes: then a person has to look. */
const ALARM_AFTER = 14;

/**
 * Does what a stored withdrawal demands of Stripe: cancel now, then give the last payment back. Each step is written down
 * when it is done and may be repeated, so a crash between any two costs nothing. Never throws: what fails is tried again.
 */
export function finishWithdrawal(deps: Deps, id: string): Promise<void> {
  return deps.coalesce(`withdrawal:${id}`, async () => {
    const [row] = await deps.db
      .select()
      .from(withdrawals)
      .where(and(eq(withdrawals.id, id), isNull(withdrawals.completedAt)));
    if (!row) return;
    try {
      await cancel(deps, row);
      await giveBack(deps, row);
    } catch (error) {
      await putBack(deps, row, error);
    }
  });
}

async function cancel(deps: Deps, { id, subscriptionId, cancelledAt }: WithdrawalRow): Promise<void> {
  const [stored] = await deps.db
    .select({ status: subscriptions.status, customerId: subscriptions.customerId })
    .from(subscriptions)
    .where(eq(subscriptions.providerSubscriptionId, subscriptionId));
  if (cancelledAt === null) {
    if (!stored || !isOver(stored.status)) await deps.stripe.cancelNow(subscriptionId);
    await deps.db
      .update(withdrawals)
      .set({ cancelledAt: new Date(deps.clock.now()) })
      .where(and(eq(withdrawals.id, id), isNull(withdrawals.cancelledAt)));
  }
  if (!stored || isOver(stored.status)) return;
  try {
    await syncCustomer(deps, stored.customerId, "withdrawal");
  } catch (error) {
    // Its event or the next read brings it; the money does not wait for that.
    deps.log.warn({ err: error, withdrawalId: id }, "a withdrawn subscription could not be synced yet");
  }
}

async function giveBack(deps: Deps, row: WithdrawalRow): Promise<void> {
  let refund: Refund | null = null;
  try {
    refund = await deps.stripe.refundLastPayment(row.subscriptionId, `withdrawal:${row.id}`);
  } catch (error) {
    const isRefused = error instanceof StripeError && error.kind === "rejected";
    if (!isRefused) throw error;
    return complete(deps, row, { refund: null, refusal: error.message });
  }
  const paid = refund === null && (await wasPaid(deps, row.subscriptionId));
  return complete(deps, row, {
    refund,
    refusal: paid ? "Stripe names no payment, but one was seen" : null,
  });
}

async function wasPaid(deps: Deps, subscriptionId: string): Promise<boolean> {
  const [row] = await deps.db
    .select({ firstPaidAt: subscriptions.firstPaidAt })
    .from(subscriptions)
    .where(eq(subscriptions.providerSubscriptionId, subscriptionId));
  return row !== undefined && row.firstPaidAt !== null;
}

interface Outcome {
  readonly refund: Refund | null;
  /** Why Stripe will never do it: a person has to. */
  readonly refusal: string | null;
}

/** Outcome, mail and flag in one transaction; whoever comes second finds it done. */
async function complete(deps: Deps, row: WithdrawalRow, { refund, refusal }: Outcome): Promise<void> {
  const { id, userId, subscriptionId } = row;
  const at = new Date(deps.clock.now());
  const done = await deps.db.transaction(async (tx) => {
    const first = await tx
      .update(withdrawals)
      .set({
        completedAt: at,
        refundId: refund?.refundId ?? null,
        refundedOre: refund?.amountOre ?? null,
        currency: refund?.currency ?? null,
        lastError: refusal,
      })
      .where(and(eq(withdrawals.id, id), isNull(withdrawals.completedAt)))
      .returning({ id: withdrawals.id });
    if (first.length === 0) return false;
    if (refund) {
      const mail = refundMail(deps.settings, { email: row.email, refund, at });
      await writeMail(deps, tx, { userId, key: `withdrawal-refund:${id}`, ...mail });
    }
    if (refusal !== null)
      await tx
        .insert(billingFlags)
        .values({ id: deps.random.uuid(), kind: "withdrawal", userId, objectId: subscriptionId, foundAt: at })
        .onConflictDoNothing();
    return true;
  });
  if (!done) return;
  const line = { withdrawalId: id, userId, subscriptionId, refundId: refund?.refundId ?? null };
  if (refusal === null) deps.log.info(line, "withdrawal completed");
  else
    deps.log.error(
      { alarm: "withdrawal_refund_refused", ...line, reason: refusal },
      "Stripe refuses to refund a withdrawal; a person has to give the money back, or see that it was",
    );
}

async function putBack(deps: Deps, row: WithdrawalRow, error: unknown): Promise<void> {
  const attempts = row.attempts + 1;
  const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 500);
  const wait = retryDelay(attempts, deps.random.fraction());
  const line = { withdrawalId: row.id, userId: row.userId, attempts, reason: lastError };
  if (attempts >= ALARM_AFTER || !isTransient(error))
    deps.log.error({ alarm: "withdrawal_stuck", ...line }, "a withdrawal is not finished yet");
  else deps.log.warn(line, "a withdrawal will be tried again");
  await deps.db
    .update(withdrawals)
    .set({ attempts, lastError, nextAttemptAt: new Date(deps.clock.wall() + wait) })
    .where(and(eq(withdrawals.id, row.id), isNull(withdrawals.completedAt)));
}
