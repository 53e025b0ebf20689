import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { holdTimers } from "../../test/support/hold-timers.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { syncReturn } from "./sync-return.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => {
  vi.useRealTimers();
  world.stripe.faults.recover();
});
afterAll(() => world.close());

async function opened() {
  const actor = await world.user();
  const { sessionId } = await world.as(actor).subscription.createCheckout({ trial: false });
  return { userId: actor.userId, sessionId };
}

test("the return alone makes the payment count, and says that the session is complete", async () => {
  const { userId, sessionId } = await opened();
  world.at.pay(sessionId);
  expect(await syncReturn(world.deps, sessionId)).toBe(true);
  expect(await world.row(userId)).toMatchObject({ subscriptionStatus: "paid", xp: 250 });
});

test("a session that is not paid is not complete", async () => {
  const { userId, sessionId } = await opened();
  expect(await syncReturn(world.deps, sessionId)).toBe(false);
  expect((await world.row(userId)).subscriptionStatus).toBe("free");
});

test("Stripe is not asked about sessions that we did not open, for anybody can call this address", async () => {
  const before = world.stripe.faults.count("retrieveCheckoutSession");
  expect(await syncReturn(world.deps, "cs_foreign")).toBe(false);
  expect(world.stripe.faults.count("retrieveCheckoutSession")).toBe(before);
});

test("Stripe being away is no error for who comes back, only not complete yet", async () => {
  const { sessionId } = await opened();
  world.at.pay(sessionId);
  world.stripe.faults.goDown();
  expect(await syncReturn(world.deps, sessionId)).toBe(false);
});

test("nobody who comes back waits longer than 2 s, and the sync goes on", async () => {
  const { userId, sessionId } = await opened();
  world.at.pay(sessionId);
  holdTimers();
  const held = world.stripe.faults.hold("listSubscriptions");
  const returning = syncReturn(world.deps, sessionId);
  await held.reached;
  await vi.advanceTimersByTimeAsync(2_000);
  vi.useRealTimers();
  expect(await returning).toBe(false);
  held.release();
  await vi.waitFor(async () => expect((await world.row(userId)).subscriptionStatus).toBe("paid"), 10_000);
});
