import { anyOf } from "@liveassist/db";
import { reconcileSeen, stripeCustomers, subscriptions, users } from "@liveassist/db/schema";
import { isOver } from "@liveassist/shared/subscription";
import { StripeError, type SubscriptionPage, type SubscriptionSnapshot } from "../../stripe-port.ts";
import type { Observation } from "../ask-about-customer.ts";
import { isOurs, type SubscriptionRow } from "../load-facts.ts";
import { toSubscriptionRow } from "../subscription-row.ts";
import { compareRows } from "./compare-rows.ts";
import { type Drift, recordDrifts } from "./record-drifts.ts";
import { saveWalk } from "./save-walk.ts";
import { countOf, type Walking } from "./walk.ts";

/** A list that refused a later page is begun anew so often before it counts as refused. */
const RESTARTS = 1;

/**
 * From Stripe to us: pages through all subscriptions of the account and writes down what differs, changing nothing else.
 * Answers false when Stripe does not give such a list.
 */
export async function walkList(walking: Walking): Promise<boolean> {
  const { deps, walk, pace } = walking;
  for (;;) {
    pace.check();
    const at = deps.clock.now();
    let page: SubscriptionPage;
    try {
      page = await pace.ask(() => deps.stripe.pageOfSubscriptions(walk.cursor));
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      // A cursor can vanish with what it names: the list is begun anew, never taken for ended.
      if (walk.cursor === null || countOf(walk, "restarts") >= RESTARTS) return refused(walking, error);
      await saveWalk(deps, walk, { cursor: null, add: { restarts: 1 } });
      continue;
    }
    const mine = await comparePage(walking, page.subscriptions, at);
    const add = { pages: 1, listed: mine };
    if (page.next === null) {
      await saveWalk(deps, walk, { phase: "database", cursor: null, add });
      return true;
    }
    await saveWalk(deps, walk, { cursor: page.next, add });
  }
}

function refused({ deps, walk }: Walking, error: StripeError): false {
  deps.log.info({ err: error, walkId: walk.id }, "Stripe gives no list of all subscriptions");
  return false;
}

/** Compares a page with what is stored; answers how many of it are our business. */
async function comparePage(
  walking: Walking,
  page: readonly SubscriptionSnapshot[],
  at: number,
): Promise<number> {
  const { deps, walk, price } = walking;
  const ids = page.map((one) => one.id);
  const rows = await deps.db
    .select()
    .from(subscriptions)
    .where(anyOf(subscriptions.providerSubscriptionId, ids));
  const stored = new Map(rows.map((row) => [row.providerSubscriptionId, row]));
  const mine = page.filter((one) => stored.has(one.id) || isOurs(one.items, price));
  if (rows.length > 0) {
    const seen = rows.map((row) => ({ walkId: walk.id, subscriptionId: row.providerSubscriptionId }));
    await deps.db.insert(reconcileSeen).values(seen).onConflictDoNothing();
  }
  const owners = await ownersOf(walking, mine);
  const found = mine.flatMap((snapshot) => {
    const userId = owners.bound.get(snapshot.customerId) ?? null;
    return (
      driftOf(walking, { snapshot, old: stored.get(snapshot.id), userId, at, known: owners.known }) ?? []
    );
  });
  await recordDrifts(walking, found);
  return mine.length;
}

interface Compared {
  readonly snapshot: SubscriptionSnapshot;
  readonly old: SubscriptionRow | undefined;
  readonly userId: string | null;
  /** Domain time before the page was asked for. */
  readonly at: number;
  /** Users that exist, of those that the page names. */
  readonly known: ReadonlySet<string>;
}

function driftOf(
  { deps, inFlightMs }: Walking,
  { snapshot, old, userId, at, known }: Compared,
): Drift | null {
  const seen = { subscriptions: [snapshot], invoices: null, customerDeleted: false };
  const inFlight = deps.clock.now() - snapshot.createdAt < inFlightMs;
  const drift = { customerId: snapshot.customerId, subscriptionId: snapshot.id, userId, inFlight, seen };
  if (userId === null) {
    const namesNobody = snapshot.userId === null || !known.has(snapshot.userId);
    // Long over and nobody's: an account has a past before us.
    if (isOver(snapshot.status) && namesNobody) return null;
    return { ...drift, cause: "customer_unbound", fields: [] };
  }
  // Observed after this page was asked for: the row knows better.
  if (old && old.observedAt.getTime() > at) return null;
  const observed: Observation = {
    ...seen,
    customerId: snapshot.customerId,
    seq: 0,
    at,
    sessions: [],
    lost: [],
    unknown: new Set(),
  };
  const next = { ...toSubscriptionRow({ snapshot, old, userId, observed }), plan: old?.plan ?? "free" };
  const difference = compareRows(old, next);
  return difference && { ...drift, ...difference };
}

async function ownersOf({ deps }: Walking, mine: readonly SubscriptionSnapshot[]) {
  const customerIds = [...new Set(mine.map((one) => one.customerId))];
  const named = [...new Set(mine.flatMap((one) => one.userId ?? []))];
  const [bindings, existing] = await Promise.all([
    deps.db
      .select({ customerId: stripeCustomers.customerId, userId: stripeCustomers.userId })
      .from(stripeCustomers)
      .where(anyOf(stripeCustomers.customerId, customerIds)),
    deps.db.select({ id: users.id }).from(users).where(anyOf(users.id, named)),
  ]);
  return {
    bound: new Map(bindings.map(({ customerId, userId }) => [customerId, userId])),
    known: new Set(existing.map(({ id }) => id)),
  };
}
