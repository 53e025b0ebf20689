import type { billingFlags } from "@liveassist/db/schema";
import { policyOf } from "@liveassist/shared/billing-policy";
import { derivePlan } from "@liveassist/shared/derive-plan";
import { isOver } from "@liveassist/shared/subscription";
import type { Terms } from "./compute-rows.ts";
import { type SubscriptionRow, toFacts } from "./load-facts.ts";

/** A row of `billing_flags`, as far as it decides something. */
export interface StoredFlag {
  readonly kind: (typeof billingFlags.$inferSelect)["kind"];
  readonly objectId: string;
  readonly keptId: string | null;
}

interface Beside {
  /** The user's rows that count. */
  readonly rows: readonly SubscriptionRow[];
  readonly flags: readonly StoredFlag[];
  /** The subscription that speaks for the user. */
  readonly speakerId: string | null;
}

/**
 * Which of several live subscriptions is kept, and which others have to be flagged for refund now (requirements R23). One
 * that was kept stays kept while it lives, and one that was flagged is never kept before one that was not: a person may
 * have refunded it already, and two answers would cost the user both.
 */
export function computeDuplicates({ rows, flags, speakerId }: Beside, terms: Terms) {
  const doubled = flags.filter((flag) => flag.kind === "duplicate_payment");
  const flagged = new Set(doubled.map((flag) => flag.objectId));
  const billing = rows.filter((row) => !isOver(row.status) && policyOf(row.status).bills);
  const ids = billing.map((row) => row.providerSubscriptionId);
  if (ids.length < 2) return { keptId: null, newIds: [] };
  const kept = doubled.find(({ keptId }) => keptId !== null && ids.includes(keptId) && !flagged.has(keptId));
  const clean = ids.filter((id) => !flagged.has(id));
  const keptId = kept?.keptId ?? bestOf(billing, clean.length > 0 ? clean : ids);
  return { keptId, newIds: clean.filter((id) => id !== keptId) };

  function bestOf(all: readonly SubscriptionRow[], candidates: readonly string[]): string | null {
    if (speakerId !== null && candidates.includes(speakerId)) return speakerId;
    const facts = all
      .filter((row) => candidates.includes(row.providerSubscriptionId))
      .map((row) => toFacts(row, terms.price));
    return derivePlan(facts, terms.now, terms.grace).subscriptionId;
  }
}
