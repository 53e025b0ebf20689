import { type drifts, stripeCustomers, subscriptions } from "@liveassist/db/schema";
import { isOver } from "@liveassist/shared/subscription";
import { eq, sql } from "drizzle-orm";
import type { Deps } from "../../deps.ts";
import { boundUser, resolveUser } from "../resolve-user.ts";
import { syncCustomer } from "../sync-customer.ts";

type Drift = Pick<typeof drifts.$inferSelect, "walkId" | "cause" | "subscriptionId">;

/** Why a drift stays that only a person can mend. */
export const LOST =
  "Stripe does not know a live subscription any more, although its customer lives; it is kept";

/**
 * Syncs the customer of a drift, bound first if it is to nobody: all a repair ever is. Null: done; else why nobody could be
 * found for it. Ends in `StripeError`, with nothing changed.
 */
export async function syncDrifted(deps: Deps, customerId: string): Promise<string | null> {
  if ((await boundUser(deps, customerId)) === null) {
    const resolution = await resolveUser(deps, customerId, []);
    if (resolution.kind === "unresolved") return resolution.reason;
  }
  await syncCustomer(deps, customerId);
  return null;
}

/** What a sync could not mend of a drift; null: nothing, it is repaired. */
export async function whatRemains(
  deps: Deps,
  { walkId, cause, subscriptionId }: Drift,
): Promise<string | null> {
  if (subscriptionId === null || (cause !== "lost_at_stripe" && cause !== "missing_here")) return null;
  const [row] = await deps.db
    .select({
      status: subscriptions.status,
      wasSeen: sql<boolean | null>`${subscriptions.observedSeq} >= ${stripeCustomers.observedSeq}`,
    })
    .from(subscriptions)
    .innerJoin(stripeCustomers, eq(stripeCustomers.customerId, subscriptions.customerId))
    .where(eq(subscriptions.providerSubscriptionId, subscriptionId));
  if (cause === "missing_here")
    return row
      ? null
      : `walk ${walkId}: Stripe lists ${subscriptionId}, but not to who asks for its customer`;
  return !row || isOver(row.status) || row.wasSeen === true ? null : LOST;
}
