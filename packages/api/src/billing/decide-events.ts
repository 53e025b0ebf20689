import type { Observation } from "./ask-about-customer.ts";
import { looksOlder, RECHECK_AFTER_MS } from "./looks-older.ts";
import type { PendingEvent } from "./pending-events.ts";

/** What becomes of an event that an observation covered (design I1, requirements R15). */
export type Decision =
  | { readonly kind: "processed"; readonly event: PendingEvent }
  | { readonly kind: "dead"; readonly event: PendingEvent; readonly reason: string }
  /** Stripe's answer looks older than the event: looked at again at `at`, wall time. */
  | { readonly kind: "recheck"; readonly event: PendingEvent; readonly at: number };

/**
 * Ends the events an observation covered: processed; dead, when Stripe answers 404 for the object; or pending a little
 * longer, when Stripe's answer looks older than the event. One without a decision goes on waiting. `wall`: epoch ms.
 */
export function decideEvents(
  pending: readonly PendingEvent[],
  observed: Observation,
  wall: number,
): Decision[] {
  return pending.flatMap((event): Decision[] => {
    const { facts, rechecks } = event;
    const wait = RECHECK_AFTER_MS[rechecks];
    if (namesUnknown(facts, observed)) {
      const reason = `Stripe does not know the event's object ${facts.objectId ?? ""}`.trim();
      return [{ kind: "dead", event, reason }];
    }
    if (wait === undefined || !looksOlder(facts, observed)) return [{ kind: "processed", event }];
    // Another event's sync came before this one's wait was over: it must not use the waits up.
    if (rechecks > 0 && event.nextAttemptAt.getTime() > wall) return [];
    return [{ kind: "recheck", event, at: wall + wait }];
  });
}

function namesUnknown(facts: PendingEvent["facts"], observed: Observation): boolean {
  const named = [facts.sessionId, facts.subscriptionId, facts.subject === "invoice" ? facts.objectId : null];
  return named.some((id) => id !== null && observed.unknown.has(id));
}
