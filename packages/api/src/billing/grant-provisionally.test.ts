import { outbox, provisionalGrants } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PRICE, type Subscription } from "../../test/support/stripe-world.ts";
import { DAY, MINUTE, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { processCustomer } from "./process-events.ts";
import { readUserState } from "./read-user-state.ts";
import { type SweepMemory, sweepDue } from "./sweep-due.ts";
import { syncCustomer } from "./sync-customer.ts";

let world: TestWorld;
let memory: SweepMemory;
beforeEach(async () => {
  world = await openWorld();
  memory = new Map();
  // The price is known from before, as after any start but the very first.
  await world.deps.price();
});
afterEach(() => world.close());

const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);

/** The whole payload of a subscription's event, as Stripe sends it. */
const whole = (one: Subscription, over: Record<string, unknown> = {}) => ({
  status: one.status,
  trial_end: seconds(one.trialEnd),
  items: {
    data: one.items.map(({ price, product }) => ({
      price: { id: price, product },
      current_period_end: seconds(one.periodEnd),
    })),
  },
  ...over,
});

async function hear(type: string, one: Subscription, over: Record<string, unknown> = {}) {
  const eventId = await world.deliver(`customer.subscription.${type}`, one.id, { object: whole(one, over) });
  await processCustomer(world.deps, one.customerId);
  return eventId;
}
const sees = async (userId: string) => {
  const { standing } = await readUserState(world.deps, userId);
  return standing;
};
const told = async (userId: string) =>
  (await world.deps.db.select().from(outbox).where(eq(outbox.userId, userId)).orderBy(outbox.id)).map(
    ({ payload }) => (payload as { subscription_status: string }).subscription_status,
  );
const grants = () => world.deps.db.select().from(provisionalGrants);

async function buysWhileAway(trialDays: number | null = null) {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId, {}, trialDays);
  world.stripe.faults.goDown();
  return { userId: actor.userId, customerId, subscription };
}

describe("while Stripe is away", () => {
  test("a verified purchase gives Premium for 60 minutes, without XP, and its event stays pending", async () => {
    const { userId, subscription } = await buysWhileAway();
    const eventId = await hear("created", subscription);
    const end = world.clock.now() + 60 * MINUTE;
    expect(await sees(userId)).toMatchObject({ plan: "paid", expiry: end, stripeStatus: "active" });
    expect(await world.row(userId)).toMatchObject({
      subscriptionStatus: "paid",
      subscriptionExpiry: new Date(end),
      checkAt: new Date(end),
      xp: 0,
    });
    expect(await world.event(eventId)).toMatchObject({ outcome: null, observedSeq: null });
    expect(await told(userId)).toEqual(["paid"]);
    expect(world.counts).toEqual([{ name: "liveassist_provisional_grants_total", labels: {}, by: 1 }]);
  });

  test("a trial is a trial, and does not use the user's trial up", async () => {
    const { userId, subscription } = await buysWhileAway(5);
    await hear("created", subscription);
    expect(await sees(userId)).toMatchObject({ plan: "trial", stripeStatus: "trialing" });
    expect((await world.row(userId)).trialUsedAt).toBeNull();
  });

  test("a grant ends no later than the period that the payload shows", async () => {
    const { userId, subscription } = await buysWhileAway();
    subscription.periodEnd = world.clock.now() + 10 * MINUTE;
    await hear("created", subscription);
    expect((await sees(userId)).expiry).toBe(subscription.periodEnd);
  });

  test("it ends by the clock, is told, and neither new nor repeated events prolong it", async () => {
    const { userId, subscription } = await buysWhileAway();
    const eventId = await hear("created", subscription);
    world.clock.advance(50 * MINUTE);
    await hear("updated", subscription);
    await world.deliver("customer.subscription.created", subscription.id, {
      id: eventId,
      object: whole(subscription),
    });
    await processCustomer(world.deps, subscription.customerId);
    world.clock.advance(10 * MINUTE);
    expect((await sees(userId)).plan).toBe("free");
    await sweepDue(world.deps, memory);
    await hear("updated", subscription);
    expect(await world.row(userId)).toMatchObject({ subscriptionStatus: "free", stripeStatus: "none" });
    expect(await told(userId)).toEqual(["paid", "free"]);
  });

  test("an event that grants after another one waited is bounded by the first receipt", async () => {
    const { userId, subscription } = await buysWhileAway();
    const end = world.clock.now() + 60 * MINUTE;
    await world.deliver("customer.subscription.created", subscription.id, { object: whole(subscription) });
    world.clock.advance(50 * MINUTE);
    await hear("updated", subscription);
    expect((await sees(userId)).expiry).toBe(end);
  });

  test("an event that waited for us an hour grants nothing", async () => {
    const { userId, subscription } = await buysWhileAway();
    await world.deliver("customer.subscription.created", subscription.id, { object: whole(subscription) });
    world.clock.advance(60 * MINUTE);
    await hear("updated", subscription);
    expect((await sees(userId)).plan).toBe("free");
  });
});

test("when Stripe is back, what it says stands: XP once, one event, no grant left", async () => {
  const { userId, customerId, subscription } = await buysWhileAway();
  await hear("created", subscription);
  world.at.invoice(subscription);
  world.stripe.faults.recover();
  await syncCustomer(world.deps, customerId);
  expect(await grants()).toEqual([]);
  expect(await world.row(userId)).toMatchObject({
    subscriptionStatus: "paid",
    subscriptionExpiry: new Date(subscription.periodEnd ?? 0),
    xp: 250,
  });
  expect(await told(userId)).toEqual(["paid", "paid"]);
});

test("when Stripe is back and says it ended, access ends at once", async () => {
  const { userId, customerId, subscription } = await buysWhileAway();
  await hear("created", subscription);
  world.at.end(subscription);
  world.stripe.faults.recover();
  await syncCustomer(world.deps, customerId);
  expect((await world.row(userId)).subscriptionStatus).toBe("free");
});

test("an observation that began before the event was received leaves its grant alone", async () => {
  const { actor, customerId } = await world.buyer();
  const held = world.stripe.faults.hold("listSubscriptions");
  const older = syncCustomer(world.deps, customerId);
  await held.reached;
  world.clock.advance(1_000);
  const subscription = world.at.subscribe(customerId);
  world.stripe.faults.goDown();
  await hear("created", subscription);
  held.release();
  await older;
  expect((await world.row(actor.userId)).subscriptionStatus).toBe("paid");
});

test("at a trial's end the change to active carries over the grace", async () => {
  const { actor, customerId } = await world.buyer();
  const trial = world.at.subscribe(customerId, {}, 5);
  await syncCustomer(world.deps, customerId);
  world.clock.advance(5 * DAY + MINUTE);
  world.stripe.faults.goDown();
  Object.assign(trial, { status: "active", periodEnd: world.clock.now() + 30 * DAY });
  await hear("updated", trial);
  expect(await sees(actor.userId)).toMatchObject({ plan: "paid", stripeStatus: "active" });
});

describe("nothing is granted", () => {
  const plan = async (userId: string) => (await sees(userId)).plan;

  test("to somebody who has it already, by the rows", async () => {
    const { actor, customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    await syncCustomer(world.deps, customerId);
    world.stripe.faults.goDown();
    world.clock.advance(1_000);
    await hear("updated", subscription);
    expect(await grants()).toEqual([]);
    expect(await plan(actor.userId)).toBe("paid");
  });

  test("for what is over in our rows, whatever comes late", async () => {
    const { actor, customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    world.at.end(subscription);
    await syncCustomer(world.deps, customerId);
    world.stripe.faults.goDown();
    world.clock.advance(5_000);
    await hear("updated", subscription, { status: "active" });
    expect(await plan(actor.userId)).toBe("free");
  });

  test("for a change of the second in which Stripe was asked, or before", async () => {
    const { actor, customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId, { status: "unpaid" });
    await syncCustomer(world.deps, customerId);
    world.stripe.faults.goDown();
    world.clock.advance(999);
    await hear("updated", subscription, { status: "active" });
    expect(await plan(actor.userId)).toBe("free");
    world.clock.advance(1);
    await hear("updated", subscription, { status: "active" });
    expect(await plan(actor.userId)).toBe("paid");
  });

  test("for what another event says is over", async () => {
    const { userId, subscription } = await buysWhileAway();
    await world.deliver("customer.subscription.deleted", subscription.id, {
      object: whole(subscription, { status: "canceled" }),
    });
    await hear("created", subscription);
    expect(await plan(userId)).toBe("free");
  });

  test("on an older word than the newest", async () => {
    const { userId, subscription } = await buysWhileAway();
    await world.deliver("customer.subscription.created", subscription.id, { object: whole(subscription) });
    world.clock.advance(1_000);
    await hear("updated", subscription, { status: "past_due" });
    expect(await plan(userId)).toBe("free");
  });

  test.each(["past_due", "unpaid", "paused", "incomplete", "canceled", "hibernating"])(
    "for %s",
    async (status) => {
      const { userId, subscription } = await buysWhileAway();
      await hear("updated", subscription, { status });
      expect(await plan(userId)).toBe("free");
    },
  );

  test("for another product", async () => {
    const { userId, subscription } = await buysWhileAway();
    subscription.items = [{ price: "price_other", product: "prod_other", unitAmount: PRICE.amountOre }];
    await hear("created", subscription);
    expect(await plan(userId)).toBe("free");
  });

  test("in another release of Stripe's API, whose payloads we cannot read", async () => {
    const { userId, subscription } = await buysWhileAway();
    const about = { object: whole(subscription), apiVersion: "2019-01-01.acacia" };
    await world.deliver("customer.subscription.created", subscription.id, about);
    await processCustomer(world.deps, subscription.customerId);
    expect(await plan(userId)).toBe("free");
  });

  test("to nobody's customer, even if the payload names a user", async () => {
    const actor = await world.user();
    const stranger = world.at.customer(null);
    const subscription = world.at.subscribe(stranger.id);
    world.stripe.faults.goDown();
    await hear("created", subscription, { metadata: { userId: actor.userId } });
    expect(await grants()).toEqual([]);
  });

  test("when Stripe answered, and said no", async () => {
    const { actor, customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    world.stripe.faults.fail("listSubscriptions", "rejected");
    await hear("created", subscription);
    expect(await grants()).toEqual([]);
    expect((await world.row(actor.userId)).subscriptionStatus).toBe("free");
  });
});
