import { reconcileWalks } from "@liveassist/db/schema";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AT_ONCE, finishedWalk, leadWalk } from "../../../test/support/lead-walk.ts";
import { DAY, openWorld, type TestWorld } from "../../../test/support/test-deps.ts";
import { syncCustomer } from "../sync-customer.ts";
import { requestWalk } from "./claim-walk.ts";
import { reconcile } from "./reconcile.ts";

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
  return { userId: actor.userId, customerId, subscription };
}

const walks = () => world.deps.db.select().from(reconcileWalks);
const planOf = async (userId: string) => (await world.row(userId)).subscriptionStatus;

test("two servers never walk at once, and a walk is not due again before its time", async () => {
  await unseenPayer();
  const held = world.stripe.faults.hold("pageOfSubscriptions");
  const first = leadWalk(world);
  await held.reached;
  expect((await leadWalk(world)).kind).toBe("busy");
  held.release();
  expect((await first).kind).toBe("finished");
  expect(await leadWalk(world, { everyMs: 60_000 })).toEqual({ kind: "idle" });
  world.clock.advance(60_000);
  expect((await leadWalk(world, { everyMs: 60_000 })).kind).toBe("finished");
  expect(await walks()).toHaveLength(2);
});

test("a walk whose walker was killed in the middle is resumed from its page by another, not begun anew", async () => {
  const payers = [await unseenPayer(), await unseenPayer(), await unseenPayer(), await unseenPayer()];
  // Killed: it never comes back from this call, and says nothing any more.
  const held = Promise.withResolvers<never>();
  const list = world.stripe.pageOfSubscriptions.bind(world.stripe);
  const reached = Promise.withResolvers<void>();
  world.stripe.pageOfSubscriptions = (after) => {
    if (after === null) return list(after);
    reached.resolve();
    return held.promise;
  };
  const killed = leadWalk(world);
  await reached.promise;
  const asked: (string | null)[] = [];
  world.stripe.pageOfSubscriptions = (after) => {
    asked.push(after);
    return list(after);
  };
  expect(await leadWalk(world)).toEqual({ kind: "busy" });
  world.clock.advance(15_000);
  const report = await finishedWalk(world);
  expect(asked).toEqual([payers[1]?.subscription.id]);
  expect(report).toMatchObject({ walkId: 1, causes: { missing_here: 4 }, counts: { pages: 2, repaired: 4 } });
  for (const { userId } of payers) expect(await planOf(userId)).toBe("paid");
  // Who comes back from the dead finds the walk taken, and leaves it alone.
  held.reject(new Error("too late"));
  expect(await killed).toEqual({ kind: "busy" });
  expect(world.alarms()).toEqual([]);
  expect(await walks()).toMatchObject([{ state: "finished" }]);
});

test("one that is stopped cleanly in the middle is free at once, for whoever comes", async () => {
  const { userId } = await unseenPayer();
  const stopping = new AbortController();
  const list = world.stripe.pageOfSubscriptions.bind(world.stripe);
  world.stripe.pageOfSubscriptions = async (after) => {
    stopping.abort();
    return list(after);
  };
  expect((await leadWalk(world, { signal: stopping.signal })).kind).toBe("unfinished");
  expect(await planOf(userId)).toBe("free");
  expect((await reconcile(world.deps, AT_ONCE)).kind).toBe("finished");
  expect(await planOf(userId)).toBe("paid");
});

test("a repair that is cut off goes on with those it had not reached", async () => {
  const payers = [await unseenPayer(), await unseenPayer(), await unseenPayer()];
  let lists = 0;
  const list = world.stripe.listSubscriptions.bind(world.stripe);
  world.stripe.listSubscriptions = (id) => {
    lists += 1;
    if (lists > 4) world.stripe.faults.goDown();
    return list(id);
  };
  expect((await leadWalk(world)).kind).toBe("unfinished");
  world.stripe.faults.recover();
  world.stripe.listSubscriptions = list;
  world.clock.advance(60_000);
  expect(await finishedWalk(world)).toMatchObject({ walkId: 1, open: 0 });
  for (const { userId } of payers) expect(await planOf(userId)).toBe("paid");
});

test("a walk left alone for long is begun anew: its list has moved on", async () => {
  const first = await unseenPayer();
  await unseenPayer();
  await unseenPayer();
  const list = world.stripe.pageOfSubscriptions.bind(world.stripe);
  world.stripe.pageOfSubscriptions = (after) =>
    after === null ? list(after) : Promise.reject(Object.assign(new Error("cut"), { code: "ECONNRESET" }));
  expect((await leadWalk(world)).kind).toBe("unfinished");
  const asked: (string | null)[] = [];
  world.stripe.pageOfSubscriptions = (after) => {
    asked.push(after);
    return list(after);
  };
  world.clock.advance(DAY);
  expect((await finishedWalk(world)).walkId).toBe(1);
  expect(asked[0]).toBeNull();
  expect(await planOf(first.userId)).toBe("paid");
});

test("a bug in the middle ends the walk with an alarm, and the next one begins anew", async () => {
  const { userId, customerId } = await unseenPayer();
  await syncCustomer(world.deps, customerId);
  world.stripe.pageOfSubscriptions = () => Promise.reject(new TypeError("undefined is not a function"));
  expect((await leadWalk(world)).kind).toBe("failed");
  expect(world.alarms()).toEqual(["walk_failed"]);
  expect(await walks()).toMatchObject([{ state: "stopped" }]);
  expect(await planOf(userId)).toBe("paid");
});

test("a walk that was asked for is led by whoever looks next, due or not", async () => {
  await finishedWalk(world);
  expect(await leadWalk(world, { everyMs: DAY })).toEqual({ kind: "idle" });
  const { walkId, isNew } = await requestWalk(world.deps, { acceptDowngrades: false });
  expect(isNew).toBe(true);
  expect(await requestWalk(world.deps, { acceptDowngrades: false })).toEqual({ walkId, isNew: false });
  expect((await finishedWalk(world, { everyMs: DAY })).walkId).toBe(walkId);
});

test("walks and drifts are forgotten after thirty days", async () => {
  await unseenPayer();
  await finishedWalk(world);
  world.clock.advance(31 * DAY);
  await finishedWalk(world);
  expect((await walks()).map((row) => row.id)).toEqual([2]);
});
