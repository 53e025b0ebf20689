import { isPremium } from "@liveassist/shared/plans";
import { grantablePlan } from "@liveassist/shared/provisional";
import type { DueActivation } from "../operations/record-activation.ts";
import type { SubscriptionRow } from "./load-facts.ts";
import type { GrantRow } from "./stored-state.ts";

interface Turn {
  readonly before: readonly SubscriptionRow[];
  readonly rows: readonly SubscriptionRow[];
  /** Grants that were stored before, and those that stand now. */
  readonly grantsBefore: readonly GrantRow[];
  readonly grants: readonly GrantRow[];
}

/**
 * The subscriptions that give Premium now and did not when they were last looked at, by their rows or by a grant while
 * Stripe is away. Whether it is the first time, the table's key decides.
 */
export function dueActivations({ before, rows, grantsBefore, grants }: Turn): DueActivation[] {
  const gave = new Set(before.filter(hasGiven).map((row) => row.providerSubscriptionId));
  const known = new Set([...gave, ...grantsBefore.map((grant) => grant.subscriptionId)]);
  const byRows = rows.flatMap((row): DueActivation[] => {
    const { providerSubscriptionId: subscriptionId, customerId, plan } = row;
    if (plan === "free" || gave.has(subscriptionId)) return [];
    return [{ subscriptionId, customerId, plan, paidAt: paidAt(row) }];
  });
  const told = new Set([...known, ...byRows.map((one) => one.subscriptionId)]);
  const byGrants = grants.flatMap((grant): DueActivation[] => {
    const { subscriptionId, customerId, status, stripeCreatedAt } = grant;
    const plan = grantablePlan(status);
    if (plan === null || told.has(subscriptionId)) return [];
    return [{ subscriptionId, customerId, plan, paidAt: stripeCreatedAt }];
  });
  return [...byRows, ...byGrants];
}

/**
 * It gives Premium, or did once, perhaps before activations were written down: what comes back then was paid for long ago. One
 * that is incomplete never did, though its payment may be seen a moment before itself.
 */
const hasGiven = ({ plan, status, firstPaidAt, trialStartedAt }: SubscriptionRow): boolean =>
  isPremium(plan) || (status !== "incomplete" && (firstPaidAt ?? trialStartedAt) !== null);

/** What Stripe gives as the moment Premium was due from: its first payment or trial, whichever was first; else its creation. */
function paidAt({ firstPaidAt, trialStartedAt, stripeCreatedAt }: SubscriptionRow): Date {
  const moments = [firstPaidAt, trialStartedAt].filter((moment) => moment !== null);
  return moments.length > 0 ? new Date(Math.min(...moments.map(Number))) : stripeCreatedAt;
}
