import { checkoutAttempts, stripeCustomers, subscriptions, users } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { driftsOf, finishedWalk, leadWalk } from "../../../test/support/lead-walk.ts";
import { DAY, openWorld, type TestWorld } from "../../../test/support/test-deps.ts";
import { StripeError } from "../../stripe-port.ts";
import { syncCustomer } from "../sync-customer.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** A payer whose state is known here. */
async function payer() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId, { userId: actor.userId });
  world.at.invoice(subscription);
  await syncCustomer(world.deps, customerId);
  return { userId: actor.userId, customerId, subscription };
}

const planOf = async (userId: string) => (await world.row(userId)).subscriptionStatus;

test("a purchase that no event told of is found, repaired, counted and logged", async () => {
  const { actor, customerId } = await world.buyer();
  await syncCustomer(world.deps, customerId);
  world.at.invoice(world.at.subscribe(customerId));
  const report = await finishedWalk(world);
  expect(await world.row(actor.userId)).toMatchObject({ subscriptionStatus: "paid", xp: 250 });
  expect(report).toMatchObject({ causes: { missing_here: 1 }, open: 0, counts: { repaired: 1 } });
  expect(world.counts).toContainEqual({
    name: "liveassist_drift_total",
    labels: { cause: "missing_here" },
    by: 1,
  });
  expect(world.counts).toContainEqual({
    name: "liveassist_walks_total",
    labels: { outcome: "finished" },
    by: 1,
  });
  expect(world.logs).toContainEqual(
    expect.objectContaining({ level: "warn", customerId, cause: "missing_here" }),
  );
});

test("a walk that finds everything as it is asks for nothing but the lists, and writes nothing", async () => {
  const payers = [await payer(), await payer(), await payer()];
  const before = await world.deps.db.select().from(subscriptions);
  world.clock.advance(60_000);
  world.stripe.faults.calls.length = 0;
  const report = await finishedWalk(world);
  expect(report).toMatchObject({ causes: {}, counts: { listed: 3, pages: 2 } });
  expect(new Set(world.stripe.faults.calls)).toEqual(new Set(["pageOfSubscriptions", "pageOfEvents"]));
  expect(await world.deps.db.select().from(subscriptions)).toEqual(before);
  for (const { userId } of payers) expect(await planOf(userId)).toBe("paid");
});

test.for([
  {
    what: "an end",
    cause: "status",
    change: { status: "canceled", endedAt: Date.UTC(2026, 10, 21, 12) },
    row: { status: "canceled", plan: "free" },
  },
  {
    what: "a new period",
    cause: "period",
    change: { periodEnd: Date.UTC(2027, 0, 30) },
    row: { plan: "paid" },
  },
  {
    what: "a cancel set in the portal",
    cause: "cancel",
    change: { cancelAt: Date.UTC(2026, 11, 1) },
    row: {},
  },
  {
    what: "another price",
    cause: "price",
    change: { items: [{ price: "price_old", product: "prod_ours", unitAmount: 4900 }] },
    row: { plan: "paid" },
  },
] as const)("$what that nobody told of is a drift by its cause: $cause", async ({ cause, change, row }) => {
  const { subscription } = await payer();
  Object.assign(subscription, change);
  const report = await finishedWalk(world);
  expect(report.causes).toEqual({ [cause]: 1 });
  const [stored] = await world.deps.db.select().from(subscriptions);
  expect(stored).toMatchObject(row);
  expect((await finishedWalk(world)).causes).toEqual({});
});

test("a payment that was not seen is found, though the subscription looks the same", async () => {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  await syncCustomer(world.deps, customerId);
  expect(await world.row(actor.userId)).toMatchObject({ subscriptionStatus: "paid", xp: 0 });
  expect((await finishedWalk(world)).causes).toEqual({});
  world.at.invoice(subscription);
  expect((await finishedWalk(world)).causes).toEqual({ payment_unseen: 1 });
  expect(await world.row(actor.userId)).toMatchObject({ xp: 250 });
});

test("an abandoned checkout is no drift, however often it is walked by; nor is one that expired", async () => {
  const actor = await world.user();
  await world.as(actor).subscription.createCheckout({ trial: false });
  for (let walks = 0; walks < 3; walks++) expect((await finishedWalk(world)).causes).toEqual({});
  world.clock.advance(2 * DAY);
  for (const session of world.at.sessions.values()) Object.assign(session, { status: "expired", url: null });
  expect((await finishedWalk(world)).causes).toEqual({});
  expect(await world.deps.db.select().from(checkoutAttempts)).toMatchObject([{ state: "expired" }]);
  expect(world.logs.filter((line) => line.level === "warn" || line.level === "error")).toEqual([]);
});

test("a checkout that was paid is found even while Stripe's list does not show its subscription", async () => {
  await payer();
  const actor = await world.user();
  const { sessionId } = await world.as(actor).subscription.createCheckout({ trial: false });
  const list = world.stripe.pageOfSubscriptions.bind(world.stripe);
  const { subscription } = world.at.pay(sessionId);
  world.stripe.pageOfSubscriptions = async (after) => {
    const { subscriptions: page, next } = await list(after);
    return { subscriptions: page.filter((one) => one.id !== subscription.id), next };
  };
  await finishedWalk(world);
  expect(await planOf(actor.userId)).toBe("paid");
});

test("subscriptions of other products are none of our business", async () => {
  await payer();
  const { actor, customerId } = await world.buyer();
  await syncCustomer(world.deps, customerId);
  const items = [{ price: "price_else", product: "prod_else", unitAmount: 100 }];
  world.at.subscribe(customerId, { items });
  world.at.subscribe(world.at.customer(null).id, { items });
  expect(await finishedWalk(world)).toMatchObject({ causes: {}, counts: { listed: 1 } });
  expect(await planOf(actor.userId)).toBe("free");
});

test("an unbound customer who names a user is bound and repaired", async () => {
  const actor = await world.user();
  const subscription = world.at.subscribe(world.at.customer(actor.userId).id, { userId: actor.userId });
  world.at.invoice(subscription);
  expect((await finishedWalk(world)).causes).toEqual({ customer_unbound: 1 });
  expect(await planOf(actor.userId)).toBe("paid");
  expect(world.alarms()).toEqual([]);
});

test("an owner nobody can tell is alarmed once, not in every walk, and nobody is changed", async () => {
  const actor = await world.user();
  const customer = world.at.customer("user_who_never_was");
  world.at.subscribe(customer.id);
  const { walkId } = await finishedWalk(world);
  const first = world.alarms();
  expect(first).toEqual(["drift_remains"]);
  const again = await finishedWalk(world);
  expect(world.alarms()).toEqual(first);
  expect(await driftsOf(world, again.walkId)).toMatchObject([
    { cause: "customer_unbound", repairedAt: null, lastError: expect.stringContaining("user_who_never_was") },
  ]);
  expect(await driftsOf(world, walkId)).toEqual([]);
  expect(await planOf(actor.userId)).toBe("free");
  expect(await world.deps.db.select().from(stripeCustomers)).toEqual([]);
});

test("a stored plan that says something else than the rows is put right", async () => {
  const { userId } = await payer();
  await world.deps.db.update(users).set({ subscriptionStatus: "free" }).where(eq(users.id, userId));
  expect((await finishedWalk(world)).causes).toEqual({ plan_copy: 1 });
  expect(await planOf(userId)).toBe("paid");
});

test("a live subscription that the list leaves out is asked about by id, and the list not trusted any more", async () => {
  const [lost, other] = [await payer(), await payer()];
  const { actor, customerId } = await world.buyer();
  await syncCustomer(world.deps, customerId);
  const bought = world.at.subscribe(customerId);
  world.at.invoice(bought);
  const hidden = new Set([lost.subscription.id, bought.id]);
  const list = world.stripe.pageOfSubscriptions.bind(world.stripe);
  world.stripe.pageOfSubscriptions = async (after) => {
    const { subscriptions: page, next } = await list(after);
    return { subscriptions: page.filter((one) => !hidden.has(one.id)), next };
  };
  const report = await finishedWalk(world);
  expect(report.counts).toMatchObject({ asking: 1 });
  for (const userId of [lost.userId, other.userId, actor.userId]) expect(await planOf(userId)).toBe("paid");
});

test("a subscription that Stripe does not know any more is kept while its customer lives, and alarmed once", async () => {
  const { userId, subscription } = await payer();
  await payer();
  world.at.subscriptions.delete(subscription.id);
  expect((await finishedWalk(world)).causes).toEqual({ lost_at_stripe: 1 });
  expect(await planOf(userId)).toBe("paid");
  const alarms = world.alarms();
  expect((await finishedWalk(world)).causes).toEqual({ lost_at_stripe: 1 });
  expect(world.alarms()).toEqual(alarms);
});

test("a deleted customer's subscription is over", async () => {
  const { userId, customerId, subscription } = await payer();
  await payer();
  world.at.deleteCustomer(customerId);
  world.at.subscriptions.delete(subscription.id);
  await finishedWalk(world);
  expect(await planOf(userId)).toBe("free");
  expect((await finishedWalk(world)).causes).toEqual({});
});

test("a Stripe that refuses the list of everything is asked about each customer, and says so once a walk", async () => {
  const known = await payer();
  const { actor, customerId } = await world.buyer();
  world.at.invoice(world.at.subscribe(customerId));
  Object.assign(known.subscription, { status: "canceled", endedAt: world.clock.now() });
  world.stripe.pageOfSubscriptions = () => Promise.reject(refusal());
  const report = await finishedWalk(world);
  expect(report).toMatchObject({ causes: { missing_here: 1, status: 1 }, counts: { asking: 1, asked: 2 } });
  expect(await planOf(actor.userId)).toBe("paid");
  expect(await planOf(known.userId)).toBe("free");
});

test("a page that fails while Stripe passes through 429 is asked for again, and nothing is lost", async () => {
  const { actor, customerId } = await world.buyer();
  await payer();
  await payer();
  world.at.invoice(world.at.subscribe(customerId));
  const waits: number[] = [];
  for (let times = 0; times < 3; times++) world.stripe.faults.fail("pageOfSubscriptions");
  await finishedWalk(world, { pause: async (ms) => void waits.push(ms) });
  expect(await planOf(actor.userId)).toBe("paid");
  expect(waits.filter((ms) => ms > 300)).toEqual(expect.arrayContaining([375, 750, 1500]));
});

test("a second page that is refused never reads as the end: the list is begun anew, then given up for asking", async () => {
  const [ended] = [await payer(), await payer()];
  Object.assign(ended.subscription, { status: "canceled" });
  const { actor, customerId } = await world.buyer();
  await syncCustomer(world.deps, customerId);
  world.at.invoice(world.at.subscribe(customerId));
  const list = world.stripe.pageOfSubscriptions.bind(world.stripe);
  world.stripe.pageOfSubscriptions = (after) => (after === null ? list(after) : Promise.reject(refusal()));
  const report = await finishedWalk(world);
  expect(report.counts).toMatchObject({ restarts: 1, asking: 1 });
  expect(await planOf(ended.userId)).toBe("free");
  expect(await planOf(actor.userId)).toBe("paid");
});

test("a walk that Stripe does not let through changes nothing, stays where it is, and goes on from there", async () => {
  const payers = [await payer(), await payer(), await payer()];
  const list = world.stripe.pageOfSubscriptions.bind(world.stripe);
  world.stripe.pageOfSubscriptions = (after) => (after === null ? list(after) : Promise.reject(outage()));
  expect(await leadWalk(world)).toMatchObject({
    kind: "unfinished",
    report: { phase: "stripe", counts: { pages: 1 } },
  });
  expect(await leadWalk(world)).toEqual({ kind: "busy" });
  for (const { userId } of payers) expect(await planOf(userId)).toBe("paid");
  const cursors: (string | null)[] = [];
  world.stripe.pageOfSubscriptions = (after) => {
    cursors.push(after);
    return list(after);
  };
  world.clock.advance(10_000);
  expect(await finishedWalk(world)).toMatchObject({ causes: {}, counts: { pages: 2, listed: 3 } });
  expect(cursors).toEqual([payers[1]?.subscription.id]);
});

const refusal = () => new StripeError("rejected", "Stripe 404: Unrecognized request URL", null);
const outage = () => new StripeError("unavailable", "Stripe 503: down", null);
