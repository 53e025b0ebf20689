import { subscriptions } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { processCustomer } from "./process-events.ts";
import { syncCustomer } from "./sync-customer.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test("a late update does not revive a subscription that has ended, whatever status it carries", async () => {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  await syncCustomer(world.deps, customerId);
  world.at.end(subscription);
  await world.deliver("customer.subscription.deleted", subscription.id);
  await processCustomer(world.deps, customerId);
  const late = { object: { status: "active" } };
  const eventId = await world.deliver("customer.subscription.updated", subscription.id, late);
  await processCustomer(world.deps, customerId);
  expect(await world.row(actor.userId)).toMatchObject({
    subscriptionStatus: "free",
    stripeStatus: "canceled",
  });
  expect((await world.event(eventId)).outcome).toBe("processed");
});

test("an end that is heard of before anything else is stored as one, with the trial it has used up", async () => {
  const { actor, customerId } = await world.buyer();
  const trial = world.at.subscribe(customerId, {}, 5);
  world.at.end(trial);
  const eventId = await world.deliver("customer.subscription.deleted", trial.id);
  await processCustomer(world.deps, customerId);
  const rows = await world.deps.db
    .select({ id: subscriptions.providerSubscriptionId, status: subscriptions.status })
    .from(subscriptions)
    .where(eq(subscriptions.userId, actor.userId));
  expect(rows).toEqual([{ id: trial.id, status: "canceled" }]);
  expect((await world.row(actor.userId)).trialUsedAt).toEqual(new Date(trial.trialStart ?? 0));
  expect((await world.event(eventId)).outcome).toBe("processed");
});

test("an event that came while Stripe was being asked waits for the next answer, though nothing in it looks newer", async () => {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  const held = world.stripe.faults.hold("listSubscriptions");
  const running = syncCustomer(world.deps, customerId);
  await held.reached;
  subscription.cancelAt = subscription.periodEnd;
  const eventId = await world.deliver("customer.subscription.updated", subscription.id);
  held.release();
  await running;
  expect((await world.event(eventId)).outcome).toBeNull();
  await processCustomer(world.deps, customerId);
  expect((await world.event(eventId)).outcome).toBe("processed");
  expect((await world.row(actor.userId)).cancelAt).toEqual(new Date(subscription.periodEnd ?? 0));
});
