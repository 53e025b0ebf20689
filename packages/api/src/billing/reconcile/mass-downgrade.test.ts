import { reconcileWalks, stripeCustomers, users } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { driftsOf, finishedWalk, leadWalk } from "../../../test/support/lead-walk.ts";
import { eventBody } from "../../../test/support/stripe-event.ts";
import type { Subscription } from "../../../test/support/stripe-world.ts";
import { openWorld, type TestWorld } from "../../../test/support/test-deps.ts";
import { syncCustomer } from "../sync-customer.ts";
import { requestWalk } from "./claim-walk.ts";

const MANY = 21;

let world: TestWorld;
const payers: { userId: string; subscription: Subscription }[] = [];
beforeAll(async () => {
  world = await openWorld();
  for (let n = 0; n < MANY + 1; n++) {
    const { actor, customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    world.at.invoice(subscription);
    await syncCustomer(world.deps, customerId);
    payers.push({ userId: actor.userId, subscription });
  }
});
afterAll(() => world.close());

const payingUsers = async () =>
  (await world.deps.db.select().from(users).where(eq(users.subscriptionStatus, "paid")))
    .map((row) => row.id)
    .sort();

test("a walk that would downgrade 21 of 22 payers stops with an alarm, downgrades nobody, and still repairs upgrades", async () => {
  for (const { subscription } of payers.slice(0, MANY)) world.at.end(subscription);
  const { actor, customerId } = await world.buyer();
  const bought = world.at.subscribe(customerId);
  world.at.invoice(bought);
  const body = eventBody(world.at, { type: "customer.subscription.created", about: bought.id });
  world.at.events.push({ id: "evt_missed", createdAt: world.clock.now(), body });
  const outcome = await leadWalk(world);
  expect(outcome).toMatchObject({
    kind: "stopped",
    report: { state: "stopped", causes: { status: MANY, missing_here: 1 }, open: MANY },
  });
  expect(await payingUsers()).toEqual([...payers.map(({ userId }) => userId), actor.userId].sort());
  expect(world.alarms()).toContain("mass_downgrade");
  expect(world.counts).toContainEqual({
    name: "liveassist_walks_total",
    labels: { outcome: "stopped" },
    by: 1,
  });
  expect(world.stripe.faults.count("pageOfEvents")).toBe(0);
});

test("the next walk decides anew, and stops again", async () => {
  const outcome = await leadWalk(world);
  expect(outcome).toMatchObject({
    kind: "stopped",
    report: { counts: { downgrades: MANY, payers: MANY + 2 } },
  });
  expect(await payingUsers()).toHaveLength(MANY + 2);
});

test("an operator lets it through while a walk that has judged is still under way: the next one does it", async () => {
  const { customerId } = await world.buyer();
  const list = world.stripe.listSubscriptions.bind(world.stripe);
  world.stripe.listSubscriptions = async (id) => {
    const [walk] = await world.deps.db
      .select()
      .from(reconcileWalks)
      .where(eq(reconcileWalks.state, "running"));
    if (id === customerId && walk?.phase === "repair")
      await requestWalk(world.deps, { acceptDowngrades: true });
    return list(id);
  };
  expect(await leadWalk(world)).toMatchObject({ kind: "stopped" });
  world.stripe.listSubscriptions = list;
  expect(await payingUsers()).toHaveLength(MANY + 2);
});

test("so it is let through, for one walk", async () => {
  const { walkId, isNew } = await requestWalk(world.deps, { acceptDowngrades: false });
  expect(isNew).toBe(false);
  const report = await finishedWalk(world, { everyMs: null });
  expect(report).toMatchObject({ walkId, open: 0 });
  expect(await payingUsers()).toHaveLength(2);
  expect((await driftsOf(world, walkId)).every((drift) => drift.repairedAt !== null)).toBe(true);
  expect((await leadWalk(world)).kind).toBe("finished");
});

test("a person with an old subscription that ended and a new one nobody told of is no downgrade", async () => {
  const { actor, customerId } = await world.buyer();
  const old = world.at.subscribe(customerId);
  world.at.invoice(old);
  await syncCustomer(world.deps, customerId);
  world.at.end(old);
  world.at.invoice(world.at.subscribe(customerId));
  const report = await finishedWalk(world);
  expect(report.counts).toMatchObject({ downgrades: 0 });
  expect((await world.row(actor.userId)).subscriptionStatus).toBe("paid");
});

test("a subscription met in the list and asked about later counts as it was seen last", async () => {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId, {}, 5);
  await syncCustomer(world.deps, customerId);
  Object.assign(subscription, { status: "active" });
  await world.deps.db
    .update(stripeCustomers)
    .set({ observedAt: null })
    .where(eq(stripeCustomers.customerId, customerId));
  const list = world.stripe.listSubscriptions.bind(world.stripe);
  world.stripe.listSubscriptions = (id) => {
    world.at.end(subscription);
    return list(id);
  };
  const report = await finishedWalk(world);
  world.stripe.listSubscriptions = list;
  expect(report.counts).toMatchObject({ downgrades: 1 });
  expect((await world.row(actor.userId)).subscriptionStatus).toBe("free");
});
