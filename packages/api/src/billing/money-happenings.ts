import type { Happening } from "@liveassist/shared/happenings";
import type { Happened } from "./compute-happenings.ts";
import type { Decision } from "./decide-events.ts";
import type { EventFacts } from "./read-event.ts";

/** When a user withdrew, epoch milliseconds; what is refunded soon after is our own doing. */
const OWN_REFUND_MS = 3 * 86_400_000;

/** Refunds and disputes among events that were processed: neither changes a subscription, both are written down (requirements R9). */
export function moneyHappenings(decisions: readonly Decision[], withdrawnAt: readonly number[]): Happened[] {
  return decisions.flatMap(({ kind: outcome, event: { facts } }) => {
    const kind = outcome === "processed" ? moneyHappening(facts, withdrawnAt) : null;
    if (kind === null) return [];
    return [{ kind, objectId: facts.objectId ?? facts.eventId, row: null, keptId: null }];
  });
}

function moneyHappening(facts: EventFacts, withdrawnAt: readonly number[]): Happening | null {
  if (facts.subject === "charge") {
    const at = facts.createdAt ?? 0;
    // Stripe counts whole seconds.
    if (withdrawnAt.some((own) => at + 1000 > own && at < own + OWN_REFUND_MS)) return "refund_of_withdrawal";
    return facts.object["refunded"] === true ? "full_refund" : "partial_refund";
  }
  if (facts.subject !== "dispute") return null;
  if (facts.type !== "charge.dispute.closed") return "dispute_opened";
  return facts.object["status"] === "lost" ? "dispute_lost" : "dispute_won";
}
