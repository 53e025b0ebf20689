import { checkoutAttempts } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { isOver } from "@liveassist/shared/subscription";
import { and, eq, inArray } from "drizzle-orm";
import { subscriptionRowsOf } from "../billing/load-facts.ts";
import { customersOf, syncUserAfresh } from "../billing/sync-user.ts";
import type { Deps } from "../deps.ts";

/**
 * Sees to it that nothing can be charged to a user any more: closes every open checkout of every customer, then cancels
 * every subscription that is not over. Ends in `StripeError` as soon as Stripe does not confirm one of them.
 */
export async function stopPayments(deps: Deps, userId: string): Promise<void> {
  for (const { customerId } of await customersOf(deps, userId)) {
    for (const session of await deps.stripe.listOpenCheckoutSessions(customerId))
      await deps.stripe.expireCheckoutSession(session.id);
  }
  await syncUserAfresh(deps, userId);
  const live = (await subscriptionRowsOf(deps.db, userId)).filter((row) => !isOver(row.status));
  for (const row of live) await deps.stripe.cancelNow(row.providerSubscriptionId);
  if (live.length > 0) await syncUserAfresh(deps, userId);
  await closeAttempts(deps, userId);
}

/** A session that was paid in the last moment has no subscription to cancel yet: that one must be waited for. */
async function closeAttempts(deps: Deps, userId: string): Promise<void> {
  const underWay = and(
    eq(checkoutAttempts.userId, userId),
    inArray(checkoutAttempts.state, ["open", "paid"]),
  );
  const attempts = await deps.db.select().from(checkoutAttempts).where(underWay);
  if (attempts.some((one) => one.state === "paid"))
    throw new AppError("STRIPE_UNAVAILABLE", "A payment of yours is being finished. Try again in a minute.");
  await deps.db
    .update(checkoutAttempts)
    .set({ state: "expired", updatedAt: new Date(deps.clock.now()) })
    .where(and(underWay, eq(checkoutAttempts.state, "open")));
}
