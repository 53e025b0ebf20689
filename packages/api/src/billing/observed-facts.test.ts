import { outbox, subscriptions, xpEvents } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DAY, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { syncCustomer } from "./sync-customer.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const sync = (customerId: string) => syncCustomer(world.deps, customerId);

test("the expiry is the period's end that Stripe reports, however long its month is, and moves with it", async () => {
  const { actor, customerId } = await world.buyer();
  const start = world.clock.now();
  const subscription = world.at.subscribe(customerId, { periodEnd: start + 17 * DAY });
  await sync(customerId);
  expect((await world.row(actor.userId)).subscriptionExpiry).toEqual(new Date(start + 17 * DAY));
  Object.assign(subscription, { periodStart: start + 17 * DAY, periodEnd: start + 49 * DAY });
  await sync(customerId);
  expect((await world.row(actor.userId)).subscriptionExpiry).toEqual(new Date(start + 49 * DAY));
});

test("eight syncs that asked before any had written make one row of a new subscription, and grant once", async () => {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  const held = Array.from({ length: 8 }, () => world.stripe.faults.hold("listSubscriptions"));
  const syncs = held.map(() => sync(customerId));
  await Promise.all(held.map(({ reached }) => reached));
  for (const { release } of held) release();
  await Promise.all(syncs);
  const rows = await world.deps.db
    .select({ id: subscriptions.providerSubscriptionId })
    .from(subscriptions)
    .where(eq(subscriptions.userId, actor.userId));
  expect(rows).toEqual([{ id: subscription.id }]);
  const granted = await world.deps.db.select().from(xpEvents).where(eq(xpEvents.userId, actor.userId));
  expect(granted).toMatchObject([{ amount: 250, reason: "first_premium" }]);
});

test("the XP of the first payment are told in the event that granted them, and in none after it", async () => {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  await sync(customerId);
  subscription.cancelAt = subscription.periodEnd;
  await sync(customerId);
  subscription.cancelAt = null;
  await sync(customerId);
  const told = await world.deps.db
    .select({ payload: outbox.payload })
    .from(outbox)
    .where(eq(outbox.userId, actor.userId))
    .orderBy(outbox.id);
  expect(told.map(({ payload }) => (payload as { xp_awarded?: number }).xp_awarded)).toEqual([
    250,
    undefined,
    undefined,
  ]);
});
