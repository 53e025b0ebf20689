import { anyOf } from "@liveassist/db";
import { checkoutAttempts, stripeCustomers, users } from "@liveassist/db/schema";
import { StripeError } from "../../stripe-port.ts";
import { isOurs } from "../load-facts.ts";
import type { EventFacts } from "../read-event.ts";
import type { Walking } from "./walk.ts";

/** An event that Stripe lists and we do not have, with its body as it would have been delivered. */
export interface Missed {
  readonly facts: EventFacts;
  readonly payload: string;
}

/**
 * Leaves out what concerns neither a customer, a user nor a checkout of ours, nor our price: an account may sell other
 * things, and each foreign event would be a dead letter.
 */
export async function eventsOfOurs(walking: Walking, missed: readonly Missed[]): Promise<Missed[]> {
  const { deps, price } = walking;
  if (missed.length === 0) return [];
  const pick = (of: (facts: EventFacts) => string | null) => [
    ...new Set(missed.flatMap(({ facts }) => of(facts) ?? [])),
  ];
  const userIds = [...new Set(missed.flatMap(({ facts }) => facts.userIds))];
  const [customers, people, attempts] = await Promise.all([
    deps.db
      .select({ id: stripeCustomers.customerId })
      .from(stripeCustomers)
      .where(
        anyOf(
          stripeCustomers.customerId,
          pick((facts) => facts.customerId),
        ),
      ),
    deps.db.select({ id: users.id }).from(users).where(anyOf(users.id, userIds)),
    deps.db
      .select({ id: checkoutAttempts.sessionId })
      .from(checkoutAttempts)
      .where(
        anyOf(
          checkoutAttempts.sessionId,
          pick((facts) => facts.sessionId),
        ),
      ),
  ]);
  const ours = new Set([...customers, ...people, ...attempts].map(({ id }) => id));
  const kept: Missed[] = [];
  for (const one of missed) {
    const { facts } = one;
    const named = [facts.customerId, facts.sessionId, ...facts.userIds];
    const isNamed = named.some((id) => id !== null && ours.has(id));
    if (isNamed || isOurs(itemsIn(facts), price) || (await isDisputeOfOurs(walking, facts))) kept.push(one);
  }
  return kept;
}

/** The items of a subscription's payload, as far as they can be read. */
function itemsIn({ subject, object }: EventFacts): { price: string; product: string }[] {
  const items = subject === "subscription" ? (object["items"] as { data?: unknown } | null)?.data : null;
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: { price?: { id?: unknown; product?: unknown } } | null) => {
    const { id, product } = item?.price ?? {};
    return typeof id === "string" ? [{ price: id, product: typeof product === "string" ? product : "" }] : [];
  });
}

/** A dispute names its charge only; whose that is, Stripe has to say. */
async function isDisputeOfOurs({ deps, pace }: Walking, facts: EventFacts): Promise<boolean> {
  const { subject, chargeId } = facts;
  if (subject !== "dispute" || chargeId === null || facts.customerId !== null) return false;
  try {
    const customerId = await pace.ask(() => deps.stripe.customerOfCharge(chargeId));
    if (customerId === null) return false;
    const rows = await deps.db
      .select({ id: stripeCustomers.customerId })
      .from(stripeCustomers)
      .where(anyOf(stripeCustomers.customerId, [customerId]));
    return rows.length > 0;
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    return false;
  }
}
