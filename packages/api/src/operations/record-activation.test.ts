import { activations, trail } from "@liveassist/db/schema";
import { and, asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { processCustomer } from "../billing/process-events.ts";
import { syncCustomer } from "../billing/sync-customer.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => {
  world.observed.length = 0;
});
afterEach(() => world.stripe.faults.recover());
afterAll(() => world.close());

const rowOf = async (subscriptionId: string) =>
  (await world.deps.db.select().from(activations).where(eq(activations.subscriptionId, subscriptionId)))[0];
const measured = () => world.observed.map(({ name, seconds }) => [name, seconds]);
const secondsAgo = (seconds: number) => world.clock.now() - seconds * 1_000;
/** The syncs of a user as their trail has them, once so many were written. */
const syncsOf = (userId: string, count: number) =>
  vi.waitFor(async () => {
    const rows = await world.deps.db
      .select()
      .from(trail)
      .where(and(eq(trail.userId, userId), eq(trail.kind, "sync")))
      .orderBy(asc(trail.id));
    expect(rows).toHaveLength(count);
    return rows.map((row) => row.detail);
  });

test("the first Premium of a subscription is measured from Stripe's moment, and from when we heard of it", async () => {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  const invoice = world.at.invoice(subscription);
  Object.assign(invoice, { paidAt: secondsAgo(3) });
  const eventId = await world.deliver("customer.subscription.created", subscription.id);
  const received = (await world.event(eventId)).receivedAt;
  world.clock.advance(2_000);
  await processCustomer(world.deps, customerId);
  expect(await rowOf(subscription.id)).toEqual({
    subscriptionId: subscription.id,
    userId: actor.userId,
    plan: "paid",
    paidAt: new Date(secondsAgo(5)),
    activatedAt: new Date(world.clock.now()),
    receivedAt: received,
    committedAt: new Date(world.clock.wall()),
  });
  expect(measured()).toEqual([
    ["liveassist_activation_seconds", 5],
    ["liveassist_receipt_seconds", 2],
  ]);
});

test("a trial counts from its beginning; what follows it is no second activation", async () => {
  const { customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId, { status: "trialing" });
  Object.assign(subscription, { trialStart: secondsAgo(1), trialEnd: world.clock.now() + 86_400_000 });
  await syncCustomer(world.deps, customerId);
  const first = await rowOf(subscription.id);
  expect(first).toMatchObject({ plan: "trial", paidAt: new Date(secondsAgo(1)), receivedAt: null });
  world.clock.advance(60_000);
  Object.assign(subscription, { status: "active" });
  world.at.invoice(subscription);
  await syncCustomer(world.deps, customerId);
  await syncCustomer(world.deps, customerId);
  expect(await rowOf(subscription.id)).toEqual(first);
  // Nobody delivered anything: there is no receipt to measure from.
  expect(measured()).toEqual([["liveassist_activation_seconds", 1]]);
});

test("Premium that ends and comes back is not measured again, another subscription is", async () => {
  const { customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  await syncCustomer(world.deps, customerId);
  Object.assign(subscription, { status: "unpaid" });
  await syncCustomer(world.deps, customerId);
  Object.assign(subscription, { status: "active" });
  await syncCustomer(world.deps, customerId);
  expect(measured()).toHaveLength(1);
  world.at.end(subscription);
  const second = world.at.subscribe(customerId);
  world.at.invoice(second);
  await syncCustomer(world.deps, customerId);
  expect(await rowOf(second.id)).toBeDefined();
  expect(measured()).toHaveLength(2);
});

test("what came while a card was still being confirmed does not tell of the payment", async () => {
  const { customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId, { status: "incomplete" });
  await world.deliver("customer.subscription.created", subscription.id);
  await processCustomer(world.deps, customerId);
  world.clock.advance(600_000);
  Object.assign(subscription, { status: "active" });
  world.at.invoice(subscription);
  await world.deliver("customer.subscription.updated", subscription.id);
  world.clock.advance(1_000);
  await processCustomer(world.deps, customerId);
  expect(await rowOf(subscription.id)).toMatchObject({ plan: "paid" });
  expect(measured()).toEqual([
    ["liveassist_activation_seconds", 1],
    ["liveassist_receipt_seconds", 1],
  ]);
});

test("who had Premium before activations were written down is not measured when it comes back months later", async () => {
  const { customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  await syncCustomer(world.deps, customerId);
  world.at.subscription(subscription.id).status = "unpaid";
  await syncCustomer(world.deps, customerId);
  await world.deps.db.delete(activations);
  world.observed.length = 0;
  world.clock.advance(60 * 86_400_000);
  Object.assign(subscription, { status: "active", periodEnd: world.clock.now() + 86_400_000 });
  await syncCustomer(world.deps, customerId);
  expect(await rowOf(subscription.id)).toBeUndefined();
  expect(measured()).toEqual([]);
});

test("a payment that is seen a moment before its subscription is active is measured when it is", async () => {
  const { customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId, { status: "incomplete" });
  world.at.invoice(subscription);
  await syncCustomer(world.deps, customerId);
  Object.assign(subscription, { status: "active" });
  world.clock.advance(1_000);
  await syncCustomer(world.deps, customerId);
  expect(measured()).toEqual([["liveassist_activation_seconds", 1]]);
});

test("a clock of ours that is behind Stripe's makes no negative wait", async () => {
  const { customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  Object.assign(world.at.invoice(subscription), { paidAt: secondsAgo(-30) });
  await syncCustomer(world.deps, customerId);
  expect(measured()).toEqual([["liveassist_activation_seconds", 0]]);
});

test("access on an event's word is the activation; Stripe's later answer is no second one", async () => {
  const { customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  const [item] = subscription.items;
  const items = {
    data: [
      { price: { id: item?.price, product: item?.product }, current_period_end: secondsAgo(-3_600) / 1_000 },
    ],
  };
  const object = { status: "active", trial_end: null, items };
  await world.deliver("customer.subscription.created", subscription.id, { object });
  world.stripe.faults.goDown();
  await processCustomer(world.deps, customerId);
  const first = await rowOf(subscription.id);
  expect(first).toMatchObject({ plan: "paid", receivedAt: expect.any(Date) });
  world.stripe.faults.recover();
  world.clock.advance(600_000);
  await processCustomer(world.deps, customerId);
  expect(await rowOf(subscription.id)).toEqual(first);
  expect(measured()).toHaveLength(2);
});

test("nothing is written down of a sync that is rolled back", async () => {
  const { customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  const { transaction } = world.deps.db;
  const db = Object.assign(Object.create(world.deps.db) as typeof world.deps.db, {
    transaction: (work: Parameters<typeof transaction>[0]) =>
      world.deps.db.transaction(async (tx) => {
        await work(tx);
        throw new Error("the commit failed");
      }),
  });
  await expect(syncCustomer({ ...world.deps, db }, customerId)).rejects.toThrow("the commit failed");
  expect(await rowOf(subscription.id)).toBeUndefined();
  expect(measured()).toEqual([]);
});

test("the trail tells of a sync what it changed, who asked and which events it answered", async () => {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  const eventId = await world.deliver("customer.subscription.created", subscription.id);
  await processCustomer(world.deps, customerId);
  const [sync] = await syncsOf(actor.userId, 1);
  expect(sync).toMatchObject({
    ...{ outcome: "changed", road: "event", customerId, seq: expect.any(Number), events: 1 },
    ...{ processed: [eventId], before: "free", after: "paid", xpAwarded: 250, activated: [subscription.id] },
    changes: { plan: ["free", "paid"], xp: [0, 250], stripeStatus: ["none", "active"] },
    version: (await world.row(actor.userId)).version,
  });
});

test("a quiet look leaves nothing in the trail, a discarded one that answered an event says so", async () => {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  await syncCustomer(world.deps, customerId, "read");
  await syncCustomer(world.deps, customerId, "read");
  expect(await syncsOf(actor.userId, 1)).toMatchObject([{ road: "read", outcome: "changed" }]);
  await world.deliver("customer.subscription.updated", subscription.id);
  const held = world.stripe.faults.hold("listSubscriptions");
  const slow = syncCustomer(world.deps, customerId, "event");
  await held.reached;
  const fast = syncCustomer(world.deps, customerId, "refresh");
  held.release();
  await Promise.all([slow, fast]);
  const all = await syncsOf(actor.userId, 2);
  expect(all[1]).toMatchObject({ events: 1 });
});
