import { checkoutAttempts, stripeCustomers, subscriptions } from "@liveassist/db/schema";
import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import type { PriceOffer } from "../stripe-port.ts";
import { askAboutCustomer, type Observation } from "./ask-about-customer.ts";
import type { PendingEvent } from "./pending-events.ts";

interface About {
  readonly customerId: string;
  /** Read before this call, and with it before the observation's number is drawn (design I1). */
  readonly pending: readonly PendingEvent[];
  readonly price: PriceOffer;
}

export interface Observed extends Observation {
  /** Of the lost ones, those that were there when Stripe was last asked: only that is news. */
  readonly lostAnew: readonly string[];
}

/** Draws an observation's number, then asks Stripe what is true of a customer. No lock and no transaction is held meanwhile. */
export async function observeCustomer(deps: Deps, about: About): Promise<Observed> {
  const at = deps.clock.now();
  const [seq, stored, sessionsUnderWay] = await Promise.all([
    drawNumber(deps),
    storedSubscriptions(deps, about.customerId),
    sessionsOf(deps, about.customerId),
  ]);
  const seen = await askAboutCustomer(deps.stripe, { ...about, at, seq, stored, sessionsUnderWay });
  const wasThere = new Set(stored.filter((one) => one.seenLast).map((one) => one.id));
  return { ...seen, lostAnew: seen.lost.filter((id) => wasThere.has(id)) };
}

async function drawNumber(deps: Deps): Promise<number> {
  const [row] = await deps.db.execute<{ seq: string }>(sql`select nextval('observation_seq') as seq`);
  return Number(row?.seq);
}

const storedSubscriptions = (deps: Deps, customerId: string) =>
  deps.db
    .select({
      id: subscriptions.providerSubscriptionId,
      status: subscriptions.status,
      firstPaidAt: subscriptions.firstPaidAt,
      seenLast: sql<boolean | null>`${subscriptions.observedAt} >= ${stripeCustomers.observedAt}`,
    })
    .from(subscriptions)
    .innerJoin(stripeCustomers, eq(stripeCustomers.customerId, subscriptions.customerId))
    .where(eq(subscriptions.customerId, customerId));

/** Ids of a customer's checkout sessions that are open, or paid and not yet delivered. */
export async function sessionsOf(deps: Deps, customerId: string): Promise<string[]> {
  const underWay = await deps.db
    .select({ sessionId: checkoutAttempts.sessionId })
    .from(checkoutAttempts)
    .where(
      and(
        eq(checkoutAttempts.customerId, customerId),
        inArray(checkoutAttempts.state, ["open", "paid"]),
        isNotNull(checkoutAttempts.sessionId),
      ),
    );
  return underWay.flatMap(({ sessionId }) => sessionId ?? []);
}
