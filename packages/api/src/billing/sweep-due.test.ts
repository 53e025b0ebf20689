import { afterEach, beforeEach, expect, test } from "vitest";
import { DAY, MINUTE, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { type SweepMemory, sweepDue } from "./sweep-due.ts";
import { syncCustomer } from "./sync-customer.ts";

let world: TestWorld;
let memory: SweepMemory;
beforeEach(async () => {
  world = await openWorld();
  memory = new Map();
});
afterEach(() => world.close());

async function onTrial() {
  const { actor, customerId } = await world.buyer();
  const trial = world.at.subscribe(customerId, {}, 5);
  await syncCustomer(world.deps, customerId);
  return { userId: actor.userId, trial };
}
const plan = async (userId: string) => (await world.row(userId)).subscriptionStatus;
const sweep = () => sweepDue(world.deps, memory);

test("nobody is asked about before their boundary", async () => {
  const { trial } = await onTrial();
  world.clock.advance(3 * DAY);
  await syncCustomer(world.deps, trial.customerId);
  world.clock.advance(2 * DAY - 1);
  const before = world.stripe.faults.calls.length;
  expect(await sweep()).toBe(0);
  expect(world.stripe.faults.calls).toHaveLength(before);
});

test("at a trial's end Stripe is asked: ended is free, active is paid", async () => {
  const [ended, going] = [await onTrial(), await onTrial()];
  world.clock.advance(5 * DAY);
  world.at.end(ended.trial);
  Object.assign(going.trial, { status: "active", periodEnd: world.clock.now() + 30 * DAY });
  expect(await sweep()).toBe(2);
  expect([await plan(ended.userId), await plan(going.userId)]).toEqual(["free", "paid"]);
  expect(await sweep()).toBe(0);
});

test("who still trials at Stripe after the end keeps it, and is asked about again a minute later", async () => {
  const { userId } = await onTrial();
  world.clock.advance(5 * DAY);
  expect(await sweep()).toBe(1);
  expect(await sweep()).toBe(0);
  expect(await plan(userId)).toBe("trial");
  world.clock.advance(MINUTE);
  expect(await sweep()).toBe(1);
});

test("while Stripe is away the grace of 60 minutes runs, then access ends and is told", async () => {
  const { userId } = await onTrial();
  world.clock.advance(5 * DAY);
  world.stripe.faults.goDown();
  await sweep();
  expect(await plan(userId)).toBe("trial");
  world.clock.advance(60 * MINUTE - 1);
  await sweep();
  expect(await plan(userId)).toBe("trial");
  world.clock.advance(2 * MINUTE);
  await sweep();
  expect(await plan(userId)).toBe("free");
  const [told] = await world.database.sql`select payload from outbox order by id desc limit 1`;
  expect(told?.["payload"]).toMatchObject({ subscription_status: "free", stripe_status: "trialing" });
});

test("who fell to free while Stripe was away comes back when it answers that they pay", async () => {
  const { userId, trial } = await onTrial();
  world.clock.advance(5 * DAY);
  world.stripe.faults.goDown();
  await sweep();
  world.clock.advance(62 * MINUTE);
  await sweep();
  expect(await plan(userId)).toBe("free");
  world.stripe.faults.recover();
  Object.assign(trial, { status: "active", periodEnd: world.clock.now() + 30 * DAY });
  world.clock.advance(2 * MINUTE);
  await sweep();
  expect(await plan(userId)).toBe("paid");
});

test("one who cannot be asked about does not stop the others, and is left alone for a moment", async () => {
  const [first, second] = [await onTrial(), await onTrial()];
  world.clock.advance(5 * DAY);
  world.at.end(first.trial);
  world.at.end(second.trial);
  world.stripe.faults.fail("listSubscriptions");
  expect(await sweep()).toBe(2);
  const plans = [await plan(first.userId), await plan(second.userId)];
  expect(plans.toSorted()).toEqual(["free", "trial"]);
  expect(memory.size).toBe(1);
  expect(await sweep()).toBe(0);
  world.clock.advance(MINUTE);
  await sweep();
  expect([await plan(first.userId), await plan(second.userId)]).toEqual(["free", "free"]);
  expect(memory.size).toBe(0);
});
