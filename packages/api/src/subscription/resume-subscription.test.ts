import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => world.stripe.faults.recover());
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });

async function paused() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId, { status: "paused" });
  return { actor, subscription, calls: world.as(actor).subscription };
}
const resumed = () => world.stripe.faults.count("resumePaused");

test("a paused subscription goes on; doing it again changes nothing more", async () => {
  const { calls } = await paused();
  const before = resumed();
  for (const _ of [1, 2])
    expect(await calls.resume()).toMatchObject({ stripe_status: "active", subscription_status: "paid" });
  expect(resumed()).toBe(before + 1);
});

test("pressed in two tabs both see it go on", async () => {
  const { calls } = await paused();
  const answers = await Promise.all([calls.resume(), calls.resume()]);
  for (const answer of answers) expect(answer).toMatchObject({ stripe_status: "active" });
});

test("resumed on another server meanwhile it is simply active, although Stripe refuses the second", async () => {
  const { calls, subscription } = await paused();
  const held = world.stripe.faults.hold("listInvoices");
  const answer = calls.resume();
  await held.reached;
  Object.assign(subscription, { status: "active" });
  held.release();
  expect(await answer).toMatchObject({ stripe_status: "active" });
});

test("what waits to be paid is not invoiced a second time", async () => {
  const { calls, subscription } = await paused();
  world.at.invoice(subscription, { status: "open" });
  const before = resumed();
  await expect(calls.resume()).rejects.toThrow(refusal("PAYMENT_NEEDS_ATTENTION"));
  expect(resumed()).toBe(before);
});

test("what Stripe does not resume needs a payment, and Stripe being away is said as such", async () => {
  const { calls } = await paused();
  world.stripe.faults.fail("resumePaused", "rejected");
  await expect(calls.resume()).rejects.toThrow(refusal("PAYMENT_NEEDS_ATTENTION"));
  world.stripe.faults.fail("resumePaused");
  await expect(calls.resume()).rejects.toThrow(refusal("STRIPE_UNAVAILABLE"));
});
