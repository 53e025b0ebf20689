import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { MINUTE, openWorld, type TestWorld } from "../../test/support/test-deps.ts";

const STATEMENT = { name: "Anna Andersson", email: "anna@example.se" };
let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => world.stripe.faults.recover());
afterAll(() => world.close());

/** The calls of somebody who has just paid, to the last millisecond in which they may withdraw. */
async function lastMoment() {
  const { actor, customerId } = await world.buyer();
  world.at.invoice(world.at.subscribe(customerId));
  const calls = world.as(actor).subscription;
  await calls.refresh();
  const { contract } = await calls.withdrawal();
  world.clock.advance(Date.parse(contract?.until ?? "") - world.clock.now() - 1);
  return calls;
}

test("a statement made in the last moment binds while Stripe is away: nobody is told to come again when it is too late", async () => {
  const calls = await lastMoment();
  world.stripe.faults.goDown();
  await expect(calls.withdraw(STATEMENT)).resolves.toMatchObject({ state: "received" });
});

test("it binds by the moment it came in, not by the one in which Stripe had answered", async () => {
  const calls = await lastMoment();
  const held = world.stripe.faults.hold("listSubscriptions");
  const answer = calls.withdraw(STATEMENT);
  await held.reached;
  world.clock.advance(MINUTE);
  held.release();
  await expect(answer).resolves.toMatchObject({ state: "received" });
});
