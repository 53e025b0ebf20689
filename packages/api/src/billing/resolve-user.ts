import { stripeCustomers, users } from "@liveassist/db/schema";
import { eq, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import type { EventFacts } from "./read-event.ts";
import { requeueDead } from "./requeue-dead.ts";

/** Why an event's user cannot be told. Written into `last_error`; the prefix lets a later binding bring it back. */
const UNRESOLVED = "unresolved: ";

/** What names a user: an event, or a session that somebody came back from. */
type Naming = Pick<EventFacts, "eventId" | "sessionId" | "subscriptionId" | "userIds">;

export type Resolution =
  | { readonly kind: "bound"; readonly userId: string }
  | { readonly kind: "unresolved"; readonly reason: string };

/** The user a customer is bound to; null when unbound. */
export async function boundUser(deps: Deps, customerId: string): Promise<string | null> {
  const [row] = await deps.db
    .select({ userId: stripeCustomers.userId })
    .from(stripeCustomers)
    .where(eq(stripeCustomers.customerId, customerId));
  return row?.userId ?? null;
}

/**
 * Finds the user of a Stripe customer: the stored binding, else the one user id that an event and Stripe's own objects
 * name (requirements R16). Contradiction, an unknown id or nothing at all resolves nobody. Never by e-mail. Each event is
 * judged by itself: one that contradicts the others must not take them along, only because it is due at the same time.
 */
export async function resolveUser(
  deps: Deps,
  customerId: string,
  events: readonly Naming[],
): Promise<Resolution> {
  const bound = await boundUser(deps, customerId);
  if (bound !== null) return boundTo(deps, bound, events);
  const known = await idsFromStripe(deps, customerId, events);
  if (known === null) return unresolved(`Stripe does not know customer ${customerId}`);
  const named = nameOne(events, known);
  if (typeof named !== "string")
    return unresolved(
      named.length === 0
        ? `customer ${customerId} names no user`
        : `customer ${customerId} names several users: ${named.join(", ")}`,
    );
  const [user] = await deps.db.select({ id: users.id }).from(users).where(eq(users.id, named));
  if (!user) return unresolved(`customer ${customerId} names user ${named}, who does not exist`);
  const { owner } = await bindCustomer(deps, customerId, user.id);
  return boundTo(deps, owner, events);
}

function boundTo(deps: Deps, userId: string, events: readonly Naming[]): Resolution {
  for (const event of events) alarmContradiction(deps, event, userId);
  return { kind: "bound", userId };
}

const unresolved = (reason: string): Resolution => ({ kind: "unresolved", reason: UNRESOLVED + reason });

/**
 * The one user whom events name that agree with what Stripe holds; else everybody named, for whoever reads the reason.
 * Without events, what Stripe holds.
 */
function nameOne(events: readonly Naming[], known: readonly string[]): string | readonly string[] {
  const named = (events.length === 0 ? [{ userIds: [] }] : events).map(
    ({ userIds }) => new Set([...userIds, ...known]),
  );
  const agreed = new Set(named.filter((ids) => ids.size === 1).flatMap((ids) => [...ids]));
  const [only] = agreed;
  return only !== undefined && agreed.size === 1 ? only : [...new Set(named.flatMap((ids) => [...ids]))];
}

/** The ids that Stripe itself holds for a customer: on the customer and on its subscriptions. Null: Stripe knows neither. */
async function idsFromStripe(
  deps: Deps,
  customerId: string,
  events: readonly Naming[],
): Promise<string[] | null> {
  const customer = await deps.stripe.retrieveCustomer(customerId);
  const subscriptions = [...((await deps.stripe.listSubscriptions(customerId)) ?? [])];
  // A deleted customer's subscriptions are in no list, and its own metadata is gone; by id they are still there.
  for (const id of new Set(events.map((event) => event.subscriptionId))) {
    if (id === null || subscriptions.some((one) => one.id === id)) continue;
    const found = await deps.stripe.retrieveSubscription(id);
    if (found?.customerId === customerId) subscriptions.push(found);
  }
  if (customer === null && subscriptions.length === 0) return null;
  return [customer?.userId ?? null, ...subscriptions.map((one) => one.userId)].filter((id) => id !== null);
}

function alarmContradiction(deps: Deps, event: Naming, bound: string): void {
  const others = event.userIds.filter((id) => id !== bound);
  if (others.length === 0) return;
  deps.log.error(
    {
      alarm: "binding_contradicted",
      eventId: event.eventId,
      sessionId: event.sessionId,
      userId: bound,
      named: others,
    },
    "an event names another user than its customer is bound to; the binding wins",
  );
}

/** Whose a customer is, and how many of its events became due again. */
interface Bound {
  readonly owner: string;
  readonly queued: number;
}

/**
 * Binds a customer to a user for good; a binding that is already there wins, and is answered. Events of the customer that
 * could not be resolved before become due again.
 */
export async function bindCustomer(deps: Deps, customerId: string, userId: string): Promise<Bound> {
  await deps.db.insert(stripeCustomers).values({ customerId, userId }).onConflictDoNothing();
  const owner = (await boundUser(deps, customerId)) ?? userId;
  const queued = await requeueDead(deps, {
    where: sql`customer_id = ${customerId} and last_error like ${`${UNRESOLVED}%`}`,
    most: 1_000,
    apartMs: 0,
  });
  deps.log.info({ customerId, userId: owner }, "customer bound");
  return { owner, queued: queued.length };
}
