import { billingFlags, webhookEvents } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { finishedWalk } from "../../test/support/lead-walk.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { processCustomer } from "../billing/process-events.ts";
import type { Actor } from "../deps.ts";

let world: TestWorld;
let admin: Actor;
beforeAll(async () => {
  world = await openWorld();
  admin = await world.user("admin");
});
afterAll(() => world.close());

const as = () => world.as(admin).admin;

/** A payer with one event that failed so often that it is dead. */
async function deadLetter() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  const eventId = await world.deliver("customer.subscription.created", subscription.id, {
    object: { customer_email: "ann@example.com" },
  });
  for (let turn = 0; turn < 8; turn++) {
    world.stripe.faults.fail("listSubscriptions", "rejected");
    await processCustomer(world.deps, customerId);
    world.clock.advance(60_000);
  }
  return { userId: actor.userId, customerId, eventId };
}

test("only administrators may look or do anything here", async () => {
  const calls = (who: Actor | null) => {
    const { admin: api } = world.as(who);
    return [
      api.listEvents({}),
      api.readEvent({ eventId: "evt_1" }),
      api.replayEvent({ eventId: "evt_1" }),
      api.replayDead({}),
      api.listWalks({}),
      api.startWalk({}),
      api.listDrifts({}),
      api.listFlags({}),
      api.resolveFlag({ id: "00000000-0000-4000-8000-000000000000" }),
    ];
  };
  const refused = (who: Actor | null, code: string) =>
    Promise.all(calls(who).map((call) => expect(call).rejects.toMatchObject({ code })));
  await refused(await world.user(), "FORBIDDEN");
  await refused(null, "UNAUTHORIZED");
});

test("every attempt of an event stays readable: while dead, after the replay, and when it succeeded at last", async () => {
  const { userId, customerId, eventId } = await deadLetter();
  const dead = await as().readEvent({ eventId });
  expect(dead).toMatchObject({
    outcome: "dead",
    attempts: 8,
    last_error: expect.stringContaining("StripeError"),
  });
  expect(dead.errors).toHaveLength(8);
  expect(JSON.stringify(dead.payload)).not.toContain("ann@example.com");
  expect(dead.payload).toMatchObject({ id: eventId, data: { object: { customer: customerId } } });

  expect(await as().replayEvent({ eventId })).toEqual({ outcome: "queued" });
  expect(world.nudges).toContain(customerId);
  const queued = await as().readEvent({ eventId });
  expect(queued).toMatchObject({ outcome: "pending", attempts: 8, errors: dead.errors });
  await processCustomer(world.deps, customerId);
  const processed = await as().readEvent({ eventId });
  expect(processed).toMatchObject({
    outcome: "processed",
    attempts: 9,
    errors: dead.errors,
    user_id: userId,
  });
  expect((await world.row(userId)).subscriptionStatus).toBe("paid");
});

test("a replay is safe at any time: a processed event only asks Stripe again, and grants nothing twice", async () => {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  const eventId = await world.deliver("invoice.paid", world.at.invoice(subscription).id);
  await processCustomer(world.deps, customerId);
  const before = await as().readEvent({ eventId });
  world.at.end(subscription);
  expect(await as().replayEvent({ eventId })).toEqual({ outcome: "synced" });
  expect(await as().replayEvent({ eventId })).toEqual({ outcome: "synced" });
  expect(await as().readEvent({ eventId })).toEqual(before);
  expect(await world.row(actor.userId)).toMatchObject({ subscriptionStatus: "free", xp: 250 });
});

test("an ignored event is replayed to nothing, an unknown one is not there", async () => {
  const eventId = await world.deliver("customer.created", "cus_any");
  expect(await as().replayEvent({ eventId })).toEqual({ outcome: "nothing" });
  await expect(as().replayEvent({ eventId: "evt_none" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(as().readEvent({ eventId: "evt_none" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a pending event that waits for its next attempt is tried now; one under way is left to its worker", async () => {
  const { customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  const eventId = await world.deliver("customer.subscription.created", subscription.id);
  const leaseUntil = new Date(world.clock.wall() + 5_000);
  const nextAttemptAt = new Date(world.clock.wall() + 30_000);
  await world.deps.db
    .update(webhookEvents)
    .set({ leaseUntil, nextAttemptAt })
    .where(eq(webhookEvents.eventId, eventId));
  expect(await as().replayEvent({ eventId })).toEqual({ outcome: "queued" });
  expect(await world.event(eventId)).toMatchObject({
    leaseUntil,
    nextAttemptAt: new Date(world.clock.wall()),
  });
});

test("all dead letters are replayed in portions, customers one after the other, and again is harmless", async () => {
  const dead = [await deadLetter(), await deadLetter(), await deadLetter()];
  expect(await as().replayDead({ limit: 2 })).toEqual({ queued: 2, left: 1 });
  expect(await as().replayDead({ limit: 2 })).toEqual({ queued: 1, left: 0 });
  expect(await as().replayDead({})).toEqual({ queued: 0, left: 0 });
  const due = await Promise.all(dead.map(async ({ eventId }) => (await world.event(eventId)).nextAttemptAt));
  expect(new Set(due.map(Number)).size).toBe(2);
  world.clock.advance(1_000);
  for (const { customerId, userId } of dead) {
    await processCustomer(world.deps, customerId);
    expect((await world.row(userId)).subscriptionStatus).toBe("paid");
  }
});

test("the ledger is filtered by outcome, type, customer and user, and read page by page without gap or repeat", async () => {
  const { userId, customerId } = await deadLetter();
  const { events } = await as().listEvents({
    outcome: "dead",
    type: "customer.subscription.created",
    customerId,
  });
  expect(events).toMatchObject([{ outcome: "dead", customer_id: customerId }]);
  expect((await as().listEvents({ outcome: "processed", customerId })).events).toEqual([]);
  // Nobody worked on it, and it is the user's all the same: their customer's.
  expect((await as().listEvents({ userId })).events).toEqual(events);
  const all = (await as().listEvents({ limit: 200 })).events.map((event) => event.event_id);
  const paged: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await as().listEvents({ limit: 2, ...(cursor ? { cursor } : {}) });
    paged.push(...page.events.map((event) => event.event_id));
    if (page.next === null) break;
    cursor = page.next;
  }
  expect(paged).toEqual(all);
  expect(all.length).toBeGreaterThan(4);
});

test("what is no cursor, no field and no limit of ours is refused", async () => {
  for (const input of [
    { cursor: "abc" },
    { cursor: "99:" },
    { limit: 0 },
    { limit: 201 },
    { outcome: "lost" },
    { more: 1 },
  ])
    await expect(as().listEvents(input as object)).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("walks and drifts can be read, and a walk asked for", async () => {
  const { customerId } = await world.buyer();
  world.at.invoice(world.at.subscribe(customerId));
  const { walkId } = await finishedWalk(world);
  const { walks } = await as().listWalks({ limit: 1 });
  expect(walks).toMatchObject([{ id: walkId, state: "finished", counts: { repaired: expect.any(Number) } }]);
  expect((await as().listDrifts({ walkId, customerId })).drifts).toMatchObject([
    {
      walk_id: walkId,
      cause: "missing_here",
      is_downgrade: false,
      repaired_at: expect.any(String),
      fields: [],
    },
  ]);
  expect((await as().listDrifts({ open: true, customerId })).drifts).toEqual([]);
  const started = await as().startWalk({});
  expect(started).toEqual({ walk_id: walkId + 1, is_new: true });
  expect(await as().startWalk({ acceptDowngrades: true })).toEqual({ walk_id: walkId + 1, is_new: false });
  await finishedWalk(world, { everyMs: null });
  const second = await as().listWalks({ limit: 1 });
  expect(second.walks).toMatchObject([{ state: "finished", counts: { downgrades_accepted: 1 } }]);
  expect(second.next).not.toBeNull();
  expect((await as().listWalks({ limit: 1, cursor: second.next ?? "" })).walks).toMatchObject([
    { id: walkId },
  ]);
});

test("a flag is resolved once, by whoever looks first", async () => {
  const { userId } = await world.user();
  const foundAt = new Date(world.clock.now());
  const flag = (n: number) => ({
    id: `00000000-0000-4000-9000-00000000000${n}`,
    objectId: `ch_${n}`,
    foundAt,
  });
  await world.deps.db
    .insert(billingFlags)
    .values([1, 2, 3].map((n) => ({ ...flag(n), kind: "refund" as const, userId })));
  const first = await as().listFlags({ open: true, userId, limit: 2 });
  const rest = await as().listFlags({ open: true, userId, limit: 2, cursor: first.next ?? "" });
  expect([...first.flags, ...rest.flags].map((one) => one.object_id)).toEqual(["ch_3", "ch_2", "ch_1"]);
  const { id } = flag(2);
  const resolved = await as().resolveFlag({ id });
  expect(resolved.resolved_at).not.toBeNull();
  world.clock.advance(1_000);
  expect(await as().resolveFlag({ id })).toEqual(resolved);
  expect((await as().listFlags({ open: true, userId })).flags).toHaveLength(2);
  await expect(as().resolveFlag({ id: "00000000-0000-4000-8000-ffffffffffff" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
