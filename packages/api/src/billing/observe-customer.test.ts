import { stripeCustomers } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MINUTE, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { syncCustomer } from "./sync-customer.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const sync = (customerId: string) => syncCustomer(world.deps, customerId);

async function payer() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  const invoice = world.at.invoice(subscription);
  return { userId: actor.userId, customerId, subscription, invoice };
}

describe("a live subscription missing from the list", () => {
  test("is fetched by its id", async () => {
    const { userId, customerId, subscription } = await payer();
    await sync(customerId);
    world.at.end(subscription);
    const shown = new Map(world.at.subscriptions);
    world.at.subscriptions.clear();
    world.stripe.freezeLists();
    for (const [id, one] of shown) world.at.subscriptions.set(id, one);
    await sync(customerId);
    world.stripe.thawLists();
    expect(await world.row(userId)).toMatchObject({ subscriptionStatus: "free", stripeStatus: "canceled" });
  });
  test("and unknown to Stripe is kept and alarmed while the customer lives", async () => {
    const { userId, customerId, subscription } = await payer();
    await sync(customerId);
    world.at.subscriptions.delete(subscription.id);
    world.clock.advance(MINUTE);
    await sync(customerId);
    expect((await world.row(userId)).subscriptionStatus).toBe("paid");
    expect(world.alarms()).toContain("subscription_missing");
    world.clock.advance((subscription.periodEnd ?? 0) - world.clock.now() + MINUTE);
    await sync(customerId);
    const { checkAt } = await world.row(userId);
    expect(checkAt?.getTime(), "not asked again in every sweep").toBeGreaterThan(world.clock.now());
    const missing = world.alarms().filter((alarm) => alarm === "subscription_missing");
    expect(missing, "told once, not at each question").toHaveLength(1);
  });
});

describe("a deleted customer", () => {
  test("ends what it had, and is remembered as deleted", async () => {
    const { userId, customerId, subscription } = await payer();
    await sync(customerId);
    world.at.subscriptions.delete(subscription.id);
    world.at.deleteCustomer(customerId);
    await world.deliver("customer.deleted", customerId);
    await sync(customerId);
    expect(await world.row(userId)).toMatchObject({ subscriptionStatus: "free", stripeStatus: "canceled" });
    const [binding] = await world.deps.db
      .select()
      .from(stripeCustomers)
      .where(eq(stripeCustomers.customerId, customerId));
    expect(binding).toMatchObject({ userId, deletedAt: expect.any(Date) });
  });
});

test("a failed question changes nothing and marks nothing", async () => {
  const { userId, customerId, subscription } = await payer();
  const eventId = await world.deliver("customer.subscription.created", subscription.id);
  for (const method of ["listSubscriptions", "listInvoices"] as const) {
    world.stripe.faults.fail(method);
    await expect(sync(customerId)).rejects.toThrow("unavailable");
  }
  expect(await world.row(userId)).toMatchObject({ subscriptionStatus: "free", version: 0, xp: 0 });
  expect(await world.event(eventId)).toMatchObject({ outcome: null });
});

test("an answer that looks older than its event is asked again after 2, 10 and 60 s, then believed", async () => {
  const { customerId, subscription } = await payer();
  await sync(customerId);
  world.stripe.freezeLists();
  world.at.end(subscription);
  const eventId = await world.deliver("customer.subscription.deleted", subscription.id);
  for (const wait of [2_000, 10_000, 60_000]) {
    await sync(customerId);
    const { outcome, nextAttemptAt } = await world.event(eventId);
    expect([outcome, nextAttemptAt.getTime() - world.clock.wall()]).toEqual([null, wait]);
    world.clock.advance(wait);
  }
  await sync(customerId);
  world.stripe.thawLists();
  expect(await world.event(eventId)).toMatchObject({ outcome: "processed", rechecks: 3 });
});

test("syncs in between do not use up the 2, 10 and 60 s", async () => {
  const { userId, customerId, subscription } = await payer();
  await sync(customerId);
  world.stripe.freezeLists();
  world.at.end(subscription);
  const eventId = await world.deliver("customer.subscription.deleted", subscription.id);
  for (let turn = 0; turn < 5; turn++) await sync(customerId);
  expect(await world.event(eventId)).toMatchObject({ outcome: null, rechecks: 1 });
  world.stripe.thawLists();
  await sync(customerId);
  expect(await world.event(eventId)).toMatchObject({ outcome: "processed" });
  expect(await world.row(userId)).toMatchObject({ subscriptionStatus: "free" });
});
