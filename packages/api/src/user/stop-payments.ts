import { checkoutAttempts } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { isOver } from "@liveassist/shared/subscription";
import { and, eq } from "drizzle-orm";
import { subscriptionRowsOf } from "../billing/load-facts.ts";
import { customersOf, syncUserAfresh } from "../billing/sync-user.ts";
import type { Deps } from "../deps.ts";

/**
 * Sees to it that nothing can be charged to a user any more: closes every open checkout page of every customer, then
 * cancels every subscription that is not over. Answers the ids of those that Stripe has cancelled, or does not know any
 * more. Ends in `STRIPE_UNAVAILABLE` as soon as Stripe does not confirm one of them.
 */
export async function stopPayments(deps: Deps, userId: string): Promise<string[]> {
  await closePages(deps, userId);
  await syncUserAfresh(deps, userId, "deletion");
  const live = (await subscriptionRowsOf(deps.db, userId)).filter((row) => !isOver(row.status));
  for (const row of live) await deps.stripe.cancelNow(row.providerSubscriptionId);
  if (live.length > 0) await syncUserAfresh(deps, userId, "deletion");
  await refuseWhilePaid(deps, userId);
  return live.map((row) => row.providerSubscriptionId);
}

async function closePages(deps: Deps, userId: string): Promise<void> {
  const open = and(eq(checkoutAttempts.userId, userId), eq(checkoutAttempts.state, "open"));
  for (const { id, sessionId } of await deps.db.select().from(checkoutAttempts).where(open)) {
    const session = sessionId === null ? null : await deps.stripe.expireCheckoutSession(sessionId);
    // Its address was given to nobody while it has no session here: marked, it never will be.
    await deps.db
      .update(checkoutAttempts)
      .set({
        state: session?.status === "complete" ? "paid" : "expired",
        updatedAt: new Date(deps.clock.now()),
      })
      .where(and(open, eq(checkoutAttempts.id, id)));
  }
  for (const { customerId } of await customersOf(deps, userId))
    for (const session of await deps.stripe.listOpenCheckoutSessions(customerId))
      await deps.stripe.expireCheckoutSession(session.id);
}

/** A page that was paid in the last moment has no subscription to cancel yet: that one must be waited for. */
async function refuseWhilePaid(deps: Deps, userId: string): Promise<void> {
  const [paid] = await deps.db
    .select({ id: checkoutAttempts.id })
    .from(checkoutAttempts)
    .where(and(eq(checkoutAttempts.userId, userId), eq(checkoutAttempts.state, "paid")));
  if (paid)
    throw new AppError("STRIPE_UNAVAILABLE", "A payment of yours is being finished. Try again in a minute.");
}
