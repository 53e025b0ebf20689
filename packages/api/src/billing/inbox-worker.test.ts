import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Deps } from "../deps.ts";
import { LEASE_MS } from "./claim-events.ts";
import { type InboxWorker, startInboxWorker } from "./inbox-worker.ts";

let world: TestWorld;
const workers: InboxWorker[] = [];
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await world.close();
});

/** A worker of a process of its own; `nudged: false`: its nudges get lost. */
function work({ nudged = true } = {}): InboxWorker {
  const deps: Deps = { ...world.deps, nudgeInbox: (customerId) => void (nudged && worker.nudge(customerId)) };
  const worker = startInboxWorker(() => deps);
  workers.push(worker);
  return worker;
}

async function event() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  return { actor, customerId, subscription };
}
const outcome = async (eventId: string) => (await world.event(eventId)).outcome;
const asked = () => world.stripe.faults.count("listSubscriptions");

test("what was stored before the start is found by the first sweep", async () => {
  const { actor, subscription } = await event();
  const eventId = await world.deliver("customer.subscription.created", subscription.id);
  await work().idle();
  expect(await outcome(eventId)).toBe("processed");
  expect((await world.row(actor.userId)).subscriptionStatus).toBe("paid");
});

test("a nudge is enough, and without one the next sweep finds it", async () => {
  const worker = work();
  await worker.idle();
  const { customerId, subscription } = await event();
  const first = await world.deliver("customer.subscription.created", subscription.id);
  worker.nudge(customerId);
  await worker.idle();
  expect(await outcome(first)).toBe("processed");
  const second = await world.deliver("customer.subscription.updated", subscription.id);
  await vi.waitFor(async () => expect(await outcome(second)).toBe("processed"), {
    timeout: 10_000,
    interval: 50,
  });
});

test("nudges for a customer who is being synced are gathered into one more sync", async () => {
  const worker = work();
  await worker.idle();
  const { customerId, subscription } = await event();
  await world.deliver("customer.subscription.created", subscription.id);
  const held = world.stripe.faults.hold("listSubscriptions");
  worker.nudge(customerId);
  await held.reached;
  const before = asked();
  for (let turn = 0; turn < 20; turn++) {
    await world.deliver("customer.subscription.updated", subscription.id);
    worker.nudge(customerId);
  }
  held.release();
  await worker.idle();
  expect(asked() - before).toBe(1);
  const [left] = await world.database
    .sql`select count(*)::int as n from webhook_events where outcome is null`;
  expect(left).toEqual({ n: 0 });
});

test("a worker that died with an event is relieved after the lease", async () => {
  const { actor, subscription } = await event();
  const eventId = await world.deliver("customer.subscription.created", subscription.id);
  const leaseUntil = new Date(world.clock.wall() + LEASE_MS).toISOString();
  await world.database.sql`update webhook_events set lease_until = ${leaseUntil}, attempts = 1`;
  const worker = work();
  await worker.idle();
  expect(await outcome(eventId)).toBeNull();
  world.clock.advance(LEASE_MS);
  worker.nudge(null);
  await worker.idle();
  expect(await outcome(eventId)).toBe("processed");
  expect(await world.row(actor.userId)).toMatchObject({ subscriptionStatus: "paid", xp: 250 });
});

test("two workers on the same inbox leave nothing and grant once", async () => {
  const people = await Promise.all(Array.from({ length: 10 }, () => event()));
  for (const { subscription } of people)
    await world.deliver("customer.subscription.created", subscription.id);
  await Promise.all([work().idle(), work().idle()]);
  for (const { actor } of people)
    expect(await world.row(actor.userId)).toMatchObject({ subscriptionStatus: "paid", xp: 250 });
  const [left] = await world.database
    .sql`select count(*)::int as n from webhook_events where outcome is null`;
  expect(left).toEqual({ n: 0 });
});

test("one customer that hangs does not keep the others waiting", async () => {
  const worker = work();
  await worker.idle();
  const [slow, quick] = [await event(), await event()];
  await world.deliver("customer.subscription.created", slow.subscription.id);
  const held = world.stripe.faults.hold("listSubscriptions");
  worker.nudge(slow.customerId);
  await held.reached;
  const eventId = await world.deliver("customer.subscription.created", quick.subscription.id);
  worker.nudge(quick.customerId);
  await vi.waitFor(async () => expect(await outcome(eventId)).toBe("processed"));
  held.release();
  await worker.idle();
});

test("a dispute finds its customer by its charge, also when nudges get lost", async () => {
  const { customerId } = await event();
  world.at.charges.set("ch_1", customerId);
  const eventId = await world.deliver("charge.dispute.created", "dp_1", { object: { charge: "ch_1" } });
  const worker = work({ nudged: false });
  await worker.idle();
  worker.nudge(null);
  await worker.idle();
  expect(await outcome(eventId)).toBe("processed");
});

test.each(["charge.refunded", "charge.dispute.created"])(
  "%s ends no access by itself, and a person is told of it",
  async (type) => {
    const { actor, customerId } = await event();
    const eventId = await world.deliver(type, "ch_1", { object: { customer: customerId } });
    await work().idle();
    expect(await outcome(eventId)).toBe("processed");
    expect((await world.row(actor.userId)).subscriptionStatus).toBe("paid");
    expect(world.alarms()).toEqual(["money_back"]);
  },
);
