import { checkoutAttempts, users } from "@liveassist/db/schema";
import { isOver } from "@liveassist/shared/subscription";
import { and, eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { subscriptionRowsOf } from "./load-facts.ts";

/**
 * Closes a checkout page that must not be paid any more: a live subscription is there, or it offers a trial that is used
 * (requirements R23). Best effort: what fails is tried again by the next sync, because the attempt stays open.
 */
export async function expireObsoleteCheckouts(deps: Deps, userId: string): Promise<void> {
  const [open] = await deps.db
    .select({ id: checkoutAttempts.id, sessionId: checkoutAttempts.sessionId, trial: checkoutAttempts.trial })
    .from(checkoutAttempts)
    .where(and(eq(checkoutAttempts.userId, userId), eq(checkoutAttempts.state, "open")));
  if (!open?.sessionId) return;
  const rows = await subscriptionRowsOf(deps.db, userId);
  const [user] = await deps.db
    .select({ trialUsedAt: users.trialUsedAt })
    .from(users)
    .where(eq(users.id, userId));
  const isObsolete = rows.some((row) => !isOver(row.status)) || (open.trial && user?.trialUsedAt != null);
  if (!isObsolete) return;
  try {
    const session = await deps.stripe.expireCheckoutSession(open.sessionId);
    await deps.db
      .update(checkoutAttempts)
      // Paid in between: its subscription has yet to be seen, so reads go on asking Stripe.
      .set({ state: session.status === "complete" ? "paid" : "expired" })
      .where(and(eq(checkoutAttempts.id, open.id), eq(checkoutAttempts.state, "open")));
    deps.log.info({ userId, sessionId: open.sessionId, status: session.status }, "obsolete checkout closed");
  } catch (error) {
    deps.log.warn(
      { err: error, userId, sessionId: open.sessionId },
      "an obsolete checkout could not be closed yet",
    );
  }
}
