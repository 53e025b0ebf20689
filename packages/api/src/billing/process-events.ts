import { webhookEvents } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { claimCustomer, claimEvent } from "./claim-events.ts";
import { buryEvent, failEvents, isStripeAway } from "./fail-events.ts";
import { grantProvisionally } from "./grant-provisionally.ts";
import type { PendingEvent } from "./pending-events.ts";
import { resolveUser } from "./resolve-user.ts";
import { syncCustomer } from "./sync-customer.ts";

/** Works off one customer's due events: resolve the user, sync, and write down what could not be done. Never throws for one event's sake. */
export async function processCustomer(deps: Deps, customerId: string): Promise<void> {
  const claimed = await claimCustomer(deps.db, customerId, deps.clock.wall());
  if (claimed.length === 0) return;
  try {
    const resolution = await resolveUser(
      deps,
      customerId,
      claimed.map((event) => event.facts),
    );
    if (resolution.kind === "unresolved") {
      for (const event of claimed) await buryEvent(deps, event, resolution.reason);
    } else {
      await syncCustomer(deps, customerId, "event");
    }
  } catch (error) {
    await failEvents(deps, claimed, error);
    if (isStripeAway(error)) await grantProvisionally(deps, customerId);
  }
}

/** An event that names no customer: a dispute is found by its charge, anything else belongs to nobody (requirements R16). */
export async function processLoneEvent(deps: Deps, eventId: string): Promise<void> {
  const [claimed] = await claimEvent(deps.db, eventId, deps.clock.wall());
  if (!claimed) return;
  try {
    const customerId = await customerOf(deps, claimed);
    if (customerId === null) {
      await buryEvent(deps, claimed, "unresolved: the event names no customer");
      return;
    }
    const now = new Date(deps.clock.wall());
    await deps.db
      .update(webhookEvents)
      .set({ customerId, leaseUntil: null, nextAttemptAt: now })
      .where(eq(webhookEvents.eventId, eventId));
    deps.nudgeInbox(customerId);
  } catch (error) {
    await failEvents(deps, [claimed], error);
  }
}

async function customerOf(deps: Deps, { facts }: PendingEvent): Promise<string | null> {
  if (facts.chargeId !== null) return deps.stripe.customerOfCharge(facts.chargeId);
  if (facts.sessionId !== null)
    return (await deps.stripe.retrieveCheckoutSession(facts.sessionId))?.customerId ?? null;
  if (facts.subscriptionId === null) return null;
  return (await deps.stripe.retrieveSubscription(facts.subscriptionId))?.customerId ?? null;
}
