import { derivePlan } from "@liveassist/shared/derive-plan";
import { type GracePolicy, isOver } from "@liveassist/shared/subscription";
import type { PriceOffer } from "../stripe-port.ts";
import type { Observation } from "./ask-about-customer.ts";
import { type SubscriptionRow, toFacts } from "./load-facts.ts";
import { toSubscriptionRow } from "./subscription-row.ts";

/** What the rules need besides facts: the moment (domain time, epoch milliseconds), what is sold, and how long access is kept. */
export interface Terms {
  readonly now: number;
  readonly price: PriceOffer;
  readonly grace: GracePolicy;
}

interface Seen {
  /** All rows of the user; those of other customers are left alone. */
  readonly stored: readonly SubscriptionRow[];
  readonly observed: Observation;
  readonly userId: string;
}

/**
 * The subscription rows that an observation makes true, to be written: one for each subscription Stripe has, and the end
 * of whatever a deleted customer had and Stripe does not show any more (stripe-facts Q).
 */
export function computeRows({ stored, observed, userId }: Seen, terms: Terms): SubscriptionRow[] {
  const before = new Map(stored.map((row) => [row.providerSubscriptionId, row]));
  const seen = observed.subscriptions.map((snapshot): SubscriptionRow => {
    const row = toSubscriptionRow({ snapshot, old: before.get(snapshot.id), userId, observed });
    const { plan } = derivePlan([toFacts(row, terms.price)], terms.now, terms.grace);
    return { ...row, plan };
  });
  return observed.customerDeleted ? [...seen, ...endMissing(stored, observed)] : seen;
}

function endMissing(stored: readonly SubscriptionRow[], observed: Observation): SubscriptionRow[] {
  const listed = new Set(observed.subscriptions.map((one) => one.id));
  const ended = new Date(observed.at);
  return stored
    .filter((row) => row.customerId === observed.customerId && !isOver(row.status))
    .filter((row) => !listed.has(row.providerSubscriptionId))
    .map((row) => ({
      ...row,
      status: "canceled",
      knownStatus: "canceled",
      plan: "free",
      endedAt: ended,
      observedAt: ended,
      observedSeq: observed.seq,
    }));
}

/** A user's rows as they are once `written` are in place. */
export function withRows(
  stored: readonly SubscriptionRow[],
  written: readonly SubscriptionRow[],
): SubscriptionRow[] {
  const fresh = new Set(written.map((row) => row.providerSubscriptionId));
  return [...stored.filter((row) => !fresh.has(row.providerSubscriptionId)), ...written];
}
