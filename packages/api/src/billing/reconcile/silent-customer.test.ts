import { afterEach, beforeEach, expect, test } from "vitest";
import { finishedWalk, leadWalk } from "../../../test/support/lead-walk.ts";
import { openWorld, type TestWorld } from "../../../test/support/test-deps.ts";
import { StripeError } from "../../stripe-port.ts";
import { syncCustomer } from "../sync-customer.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** Somebody who bought, and of whom nothing has arrived. */
async function unseenPayer() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  return { userId: actor.userId, customerId };
}

const away = () => new StripeError("unavailable", "Stripe 500: it hurts here", null);
const planOf = async (userId: string) => (await world.row(userId)).subscriptionStatus;

/** Stripe answers 500 whenever it is asked about these, and everything else as ever. */
function failFor(customerIds: readonly string[]): () => void {
  const list = world.stripe.listSubscriptions.bind(world.stripe);
  world.stripe.listSubscriptions = (id) => (customerIds.includes(id) ? Promise.reject(away()) : list(id));
  return () => {
    world.stripe.listSubscriptions = list;
  };
}

test("one customer that Stripe fails at for good keeps nobody behind them waiting", async () => {
  const sick = await unseenPayer();
  const others = [await unseenPayer(), await unseenPayer()];
  const heal = failFor([sick.customerId]);
  expect((await finishedWalk(world)).open).toBe(1);
  for (const { userId } of others) expect(await planOf(userId)).toBe("paid");
  expect(await planOf(sick.userId)).toBe("free");
  expect(world.alarms()).toEqual(["drift_remains"]);
  heal();
  expect((await finishedWalk(world)).open).toBe(0);
  expect(await planOf(sick.userId)).toBe("paid");
});

test("nor when customers are asked one by one, and nobody loses anything by the silence", async () => {
  const sick = await unseenPayer();
  await syncCustomer(world.deps, sick.customerId);
  const other = await unseenPayer();
  world.stripe.pageOfSubscriptions = () => Promise.reject(new StripeError("rejected", "Stripe 403", null));
  failFor([sick.customerId]);
  expect((await finishedWalk(world)).counts).toMatchObject({ asking: 1, ask_failed: 1 });
  expect(await planOf(other.userId)).toBe("paid");
  expect(await planOf(sick.userId)).toBe("paid");
});

test("many in a row are an outage of a part of Stripe: the walk waits where it is, and then goes on", async () => {
  const payers = [];
  for (let turn = 0; turn < 6; turn++) payers.push(await unseenPayer());
  const heal = failFor(payers.map(({ customerId }) => customerId));
  expect((await leadWalk(world)).kind).toBe("unfinished");
  heal();
  world.clock.advance(60_000);
  expect(await finishedWalk(world)).toMatchObject({ walkId: 1, open: 0 });
  for (const { userId } of payers) expect(await planOf(userId)).toBe("paid");
});
