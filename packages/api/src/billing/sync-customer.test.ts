import { outbox, stripeCustomers, subscriptions, usage, users, xpEvents } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { REMIND_MS } from "./compute-happenings.ts";
import { syncCustomer } from "./sync-customer.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const sync = (customerId: string) => syncCustomer(world.deps, customerId);
const told = (userId: string) =>
  world.deps.db.select().from(outbox).where(eq(outbox.userId, userId)).orderBy(outbox.id);
const xpOf = (userId: string) => world.deps.db.select().from(xpEvents).where(eq(xpEvents.userId, userId));

async function payer() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  const invoice = world.at.invoice(subscription);
  return { userId: actor.userId, customerId, subscription, invoice };
}

describe("a first payment", () => {
  test("makes the user paid, grants 250 XP, and is told once, with the version of the row that tells it", async () => {
    const { userId, customerId, subscription } = await payer();
    const { settled } = await sync(customerId);
    const user = await world.row(userId);
    expect(user).toMatchObject({
      subscriptionStatus: "paid",
      stripeStatus: "active",
      subscriptionExpiry: new Date(subscription.periodEnd ?? 0),
      xp: 250,
    });
    const rows = await told(userId);
    expect(rows.map((row) => [row.id, row.type])).toEqual([[user.version, "subscription.updated"]]);
    expect(rows[0]?.payload).toMatchObject({ userId, subscription_status: "paid", xp: 250, xp_awarded: 250 });
    expect(settled).toMatchObject({ before: "free", after: "paid", xpAwarded: 250, version: user.version });
    await sync(customerId);
    expect(await told(userId)).toHaveLength(1);
  });

  test("grants its XP once under eight syncs at the same time", async () => {
    const { userId, customerId } = await payer();
    await Promise.all(Array.from({ length: 8 }, () => sync(customerId)));
    expect(await xpOf(userId)).toMatchObject([{ amount: 250, reason: "first_premium" }]);
    expect(await world.row(userId)).toMatchObject({ xp: 250, subscriptionStatus: "paid" });
    const awarded = (await told(userId)).filter((row) => "xp_awarded" in (row.payload as object));
    expect(awarded).toHaveLength(1);
  });

  test("of a second subscription grants nothing more", async () => {
    const { userId, customerId, subscription } = await payer();
    await sync(customerId);
    world.at.end(subscription);
    await sync(customerId);
    world.at.invoice(world.at.subscribe(customerId));
    await sync(customerId);
    expect(await world.row(userId)).toMatchObject({ subscriptionStatus: "paid", xp: 250 });
    expect(await told(userId)).toHaveLength(3);
  });

  test("is no invoice of 0 kr, no open one, and none of a subscription to something else", async () => {
    const { actor, customerId } = await world.buyer();
    const trial = world.at.subscribe(customerId, {}, 5);
    world.at.invoice(trial, { amountPaid: 0 });
    world.at.invoice(trial, { status: "open" });
    const foreign = { price: "price_other", product: "prod_other", unitAmount: 100 };
    world.at.invoice(world.at.subscribe(customerId, { items: [foreign] }));
    await sync(customerId);
    expect(await world.row(actor.userId)).toMatchObject({ subscriptionStatus: "trial", xp: 0 });
  });
});

describe("a trial", () => {
  test("is used up when Stripe first shows it, and turns into paid with the XP in one event", async () => {
    const { actor, customerId } = await world.buyer();
    const trial = world.at.subscribe(customerId, {}, 5);
    world.at.invoice(trial, { amountPaid: 0 });
    await sync(customerId);
    const during = await world.row(actor.userId);
    expect(during).toMatchObject({
      subscriptionStatus: "trial",
      trialUsedAt: new Date(trial.trialStart ?? 0),
      trialEndsAt: new Date(trial.trialEnd ?? 0),
      checkAt: new Date((trial.trialEnd ?? 0) - REMIND_MS),
    });
    world.clock.advance(5 * DAY);
    Object.assign(trial, {
      status: "active",
      periodStart: world.clock.now(),
      periodEnd: world.clock.now() + 30 * DAY,
    });
    world.at.invoice(trial);
    await sync(customerId);
    expect(await world.row(actor.userId)).toMatchObject({
      subscriptionStatus: "paid",
      xp: 250,
      trialEndsAt: null,
      trialUsedAt: during.trialUsedAt,
    });
    expect((await told(actor.userId)).map((row) => row.payload)).toMatchObject([
      { subscription_status: "trial", xp: 0 },
      { subscription_status: "paid", xp: 250, xp_awarded: 250 },
    ]);
  });
});

describe("an older observation", () => {
  test("is discarded, but the events it covers are marked", async () => {
    const { userId, customerId, subscription } = await payer();
    const held = world.stripe.faults.hold("listSubscriptions");
    const eventId = await world.deliver("customer.subscription.created", subscription.id);
    const older = sync(customerId);
    await held.reached;
    world.at.end(subscription);
    const newer = await sync(customerId);
    held.release();
    expect((await older).settled).toBeNull();
    expect((await older).seq).toBeLessThan(newer.seq);
    expect(await world.row(userId)).toMatchObject({ subscriptionStatus: "free", stripeStatus: "canceled" });
    expect((await world.event(eventId)).outcome).toBe("processed");
  });

  test("leaves an event pending that was stored after the question had begun", async () => {
    const { userId, customerId, subscription } = await payer();
    const held = world.stripe.faults.hold("listSubscriptions");
    const running = sync(customerId);
    await held.reached;
    world.at.end(subscription);
    const eventId = await world.deliver("customer.subscription.deleted", subscription.id);
    held.release();
    await running;
    expect((await world.event(eventId)).outcome).toBeNull();
    expect((await world.row(userId)).subscriptionStatus).toBe("paid");
    await sync(customerId);
    expect(await world.event(eventId)).toMatchObject({ outcome: "processed", userId });
    expect((await world.row(userId)).subscriptionStatus).toBe("free");
  });
});

describe("a status nobody knows", () => {
  test("keeps the plan until its period ends, is stored verbatim, and is alarmed", async () => {
    const { userId, customerId, subscription } = await payer();
    await sync(customerId);
    const end = subscription.periodEnd ?? 0;
    Object.assign(subscription, { status: "hibernating", periodEnd: end + 90 * DAY });
    await sync(customerId);
    expect(await world.row(userId)).toMatchObject({
      subscriptionStatus: "paid",
      stripeStatus: "hibernating",
      subscriptionExpiry: new Date(end),
    });
    expect(world.alarms()).toContain("unknown_status");
    world.clock.advance(end - world.clock.now());
    await sync(customerId);
    expect(await world.row(userId)).toMatchObject({ subscriptionStatus: "free", subscriptionExpiry: null });
  });
  test("does not prolong a trial either", async () => {
    const { actor, customerId } = await world.buyer();
    const trial = world.at.subscribe(customerId, {}, 5);
    await sync(customerId);
    const end = trial.trialEnd ?? 0;
    Object.assign(trial, { status: "hibernating", trialEnd: end + 90 * DAY, periodEnd: end + 90 * DAY });
    await sync(customerId);
    expect((await world.row(actor.userId)).subscriptionExpiry).toEqual(new Date(end));
  });
  test("grants nothing new", async () => {
    const { actor, customerId } = await world.buyer();
    world.at.subscribe(customerId, { status: "hibernating" });
    await sync(customerId);
    expect(await world.row(actor.userId)).toMatchObject({
      subscriptionStatus: "free",
      stripeStatus: "hibernating",
    });
  });
});

describe("a user with two customers", () => {
  test("has the best plan of both, and late events of the ended one never touch the other", async () => {
    const { userId, customerId, subscription } = await payer();
    const other = world.at.customer(userId).id;
    await world.deps.db.insert(stripeCustomers).values({ customerId: other, userId });
    const trial = world.at.subscribe(other, {}, 5);
    await sync(other);
    expect((await world.row(userId)).subscriptionStatus).toBe("trial");
    await sync(customerId);
    expect((await world.row(userId)).subscriptionStatus).toBe("paid");
    world.at.end(trial);
    const eventId = await world.deliver("customer.subscription.deleted", trial.id);
    await sync(other);
    expect((await world.event(eventId)).outcome).toBe("processed");
    expect(await world.row(userId)).toMatchObject({
      subscriptionStatus: "paid",
      subscriptionExpiry: new Date(subscription.periodEnd ?? 0),
    });
  });
  test("and two live subscriptions is told to the operator, who owes a refund", async () => {
    const { customerId } = await payer();
    world.at.invoice(world.at.subscribe(customerId));
    await sync(customerId);
    expect(world.alarms()).toContain("several_live_subscriptions");
  });
});

test("becoming premium forgives the images of the day, staying premium does not touch them", async () => {
  const { userId, customerId, subscription } = await payer();
  const unit = { userId, day: "2026-11-21", state: "committed" as const, counted: true };
  const expiresAt = new Date(world.clock.now() + DAY);
  await world.deps.db.insert(usage).values({ ...unit, uploadId: crypto.randomUUID(), expiresAt });
  await world.deps.db.update(users).set({ imageCounter: 1 }).where(eq(users.id, userId));
  await sync(customerId);
  expect((await world.row(userId)).imageCounter).toBe(0);
  const [row] = await world.deps.db.select().from(usage).where(eq(usage.userId, userId));
  expect(row?.counted).toBe(false);
  await world.deps.db.update(users).set({ imageCounter: 1 }).where(eq(users.id, userId));
  world.at.failRenewal(subscription);
  await sync(customerId);
  expect(await world.row(userId)).toMatchObject({ subscriptionStatus: "paid", imageCounter: 1 });
});

describe("past due", () => {
  test("keeps access for 7 days from the oldest open invoice, and ends without anybody asking again", async () => {
    const { userId, customerId, subscription } = await payer();
    await sync(customerId);
    world.clock.advance(30 * DAY);
    const invoice = world.at.failRenewal(subscription);
    await sync(customerId);
    const end = invoice.createdAt + 7 * DAY;
    expect(await world.row(userId)).toMatchObject({
      subscriptionStatus: "paid",
      stripeStatus: "past_due",
      subscriptionExpiry: new Date(end),
      checkAt: new Date(end),
    });
    world.clock.advance(7 * DAY);
    await sync(customerId);
    expect((await world.row(userId)).subscriptionStatus).toBe("free");
  });
});

test("a row says what its subscription alone was worth, and whose it is", async () => {
  const { userId, customerId, subscription } = await payer();
  await sync(customerId);
  const [row] = await world.deps.db
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.providerSubscriptionId, subscription.id));
  expect(row).toMatchObject({
    userId,
    customerId,
    plan: "paid",
    status: "active",
    firstPaidAt: expect.any(Date),
  });
});

test("a customer that is bound to nobody is an error, and nothing is written", async () => {
  const { id } = world.at.customer(null);
  world.at.subscribe(id);
  await expect(sync(id)).rejects.toThrow("bound to no user");
});
