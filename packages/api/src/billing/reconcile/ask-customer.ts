import { StripeError } from "../../stripe-port.ts";
import { askAboutCustomer } from "../ask-about-customer.ts";
import { computeRows } from "../compute-rows.ts";
import { subscriptionRowsOf } from "../load-facts.ts";
import { sessionsOf } from "../observe-customer.ts";
import { compareRows } from "./compare-rows.ts";
import { type Drift, recordDrifts } from "./record-drifts.ts";
import { saveWalk } from "./save-walk.ts";
import { isSilentAlone } from "./silent-customer.ts";
import type { Walking } from "./walk.ts";

const MOST_REFUSALS = 20;

export interface Asked {
  readonly customerId: string;
  readonly userId: string;
}

/** What Stripe shows of a customer. */
export interface Answered {
  /** Ids of its subscriptions. */
  readonly shown: ReadonlySet<string>;
}

/**
 * Asks Stripe about one customer and writes down what differs, changing nothing else: the list, and by id what a stored row
 * says must exist (design I2). Null: Stripe did not say, about this customer alone, which says nothing about them.
 */
export async function askCustomer(walking: Walking, asked: Asked): Promise<Answered | null> {
  const { deps, walk, pace, price, inFlightMs } = walking;
  const { customerId, userId } = asked;
  const at = deps.clock.now();
  const [stored, sessionsUnderWay] = await Promise.all([
    subscriptionRowsOf(deps.db, userId),
    sessionsOf(deps, customerId),
  ]);
  const own = stored.filter((row) => row.customerId === customerId);
  const known = own.map((row) => ({
    id: row.providerSubscriptionId,
    status: row.status,
    firstPaidAt: row.firstPaidAt,
  }));
  const question = { customerId, seq: 0, at, pending: [], stored: known, sessionsUnderWay, price };
  let observed: Awaited<ReturnType<typeof askAboutCustomer>>;
  try {
    observed = await pace.ask(() => askAboutCustomer(deps.stripe, question));
  } catch (error) {
    if (error instanceof StripeError) countRefusal(walking, error);
    else if (!(await isSilentAlone(walking, error))) throw error;
    deps.log.warn({ err: error, walkId: walk.id, customerId }, "Stripe does not say what a customer has");
    await saveWalk(deps, walk, { cursor: walk.cursor, add: { ask_failed: 1 } });
    return null;
  }
  Object.assign(walking.unanswered, { refused: 0, silent: 0 });
  const before = new Map(own.map((row) => [row.providerSubscriptionId, row]));
  const { subscriptions: shown, invoices, customerDeleted } = observed;
  const seen = { subscriptions: shown, invoices, customerDeleted };
  const found = computeRows(
    { stored, observed, userId },
    { now: at, price, grace: deps.settings.grace },
  ).flatMap((next): Drift[] => {
    const difference = compareRows(before.get(next.providerSubscriptionId), next);
    if (!difference) return [];
    const inFlight = deps.clock.now() - next.stripeCreatedAt.getTime() < inFlightMs;
    return [{ ...difference, ...asked, subscriptionId: next.providerSubscriptionId, inFlight, seen }];
  });
  const lost = customerDeleted ? [] : observed.lost;
  const gone = lost.map((subscriptionId): Drift => {
    return { ...asked, subscriptionId, cause: "lost_at_stripe", fields: [], inFlight: false, seen };
  });
  await recordDrifts(walking, [...found, ...gone]);
  return { shown: new Set(shown.map((one) => one.id)) };
}

/** A key that may not read customers at all: asking the other thousands would not help. */
function countRefusal({ unanswered }: Walking, error: StripeError): void {
  unanswered.refused += 1;
  if (unanswered.refused >= MOST_REFUSALS) throw new Error("Stripe refuses every question", { cause: error });
}
