import { stripeCustomers, users, webhookEvents } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { processCustomer, processLoneEvent } from "../billing/process-events.ts";
import type { Actor } from "../deps.ts";
import { CAUSE, causeOf } from "./dead-cause.ts";

let world: TestWorld;
let admin: Actor;
beforeAll(async () => {
  world = await openWorld();
  admin = await world.user("admin");
});
afterAll(() => world.close());
afterEach(() => world.deps.db.delete(webhookEvents));

const as = () => world.as(admin).admin;

/** A paid subscription on a customer that is bound to nobody, and its event, worked on. */
async function unresolved(names: string | null = null, alsoNames: string | null = names) {
  const { id: customerId } = world.at.customer(names);
  const subscription = world.at.subscribe(customerId, { userId: alsoNames });
  world.at.invoice(subscription);
  const eventId = await world.deliver("customer.subscription.created", subscription.id);
  await processCustomer(world.deps, customerId);
  return { customerId, eventId, subscription };
}

/** A bound customer's event about something that Stripe does not know. */
async function gone() {
  const { actor, customerId } = await world.buyer();
  const eventId = await world.deliver("invoice.paid", "in_gone", {
    object: { object: "invoice", customer: customerId },
  });
  await processCustomer(world.deps, customerId);
  return { userId: actor.userId, customerId, eventId };
}

/** A bound customer's event that fails for good at each of its attempts. */
async function failing(error: "rejected" | "bug") {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  const eventId = await world.deliver("customer.subscription.created", subscription.id);
  const price = async () => {
    throw new TypeError("x is undefined");
  };
  const deps = error === "bug" ? { ...world.deps, price } : world.deps;
  for (let turn = 0; turn < 8; turn++) {
    if (error === "rejected") world.stripe.faults.fail("listSubscriptions", error);
    await processCustomer(deps, customerId);
    world.clock.advance(60_000);
  }
  return { userId: actor.userId, customerId, eventId };
}

const unknownCustomer = async () => {
  const eventId = await world.deliver("customer.subscription.created", "sub_x", {
    object: { object: "subscription", customer: "cus_of_nobody" },
  });
  await processCustomer(world.deps, "cus_of_nobody");
  return eventId;
};

test("dead letters are told apart by what killed them, in the list and in the sum", async () => {
  const [ann, ben] = [await world.user(), await world.user()];
  const wanted = {
    [(await unresolved()).eventId]: "no_user",
    [(await unresolved("user_who_never_was")).eventId]: "no_user",
    [(await unresolved(ann.userId, ben.userId)).eventId]: "contradiction",
    [await unknownCustomer()]: "gone_at_stripe",
    [(await gone()).eventId]: "gone_at_stripe",
    [(await failing("rejected")).eventId]: "refused",
    [(await failing("bug")).eventId]: "bug",
  };
  const { events } = await as().listEvents({ outcome: "dead" });
  expect(Object.fromEntries(events.map((one) => [one.event_id, one.cause]))).toEqual(wanted);
  const { total, causes } = await as().listCauses();
  expect(total).toBe(7);
  expect(causes.map(({ cause, count, can_assign }) => [cause, count, can_assign])).toEqual([
    ["gone_at_stripe", 2, false],
    ["no_user", 2, true],
    ["bug", 1, false],
    ["contradiction", 1, true],
    ["refused", 1, false],
  ]);
  for (const { cause, count, oldest_at, newest_at } of causes) {
    const some = await as().listEvents({ cause: cause as "bug" });
    expect(some.events.map((one) => wanted[one.event_id])).toEqual(Array(count).fill(cause));
    expect([some.events.at(-1)?.received_at, some.events[0]?.received_at]).toEqual([oldest_at, newest_at]);
  }
  expect((await as().listEvents({ cause: "bug", outcome: "processed" })).events).toEqual([]);
});

test("SQL and the rule tell the same cause of any text", async () => {
  const texts = [
    null,
    "",
    "unresolved: ",
    "unresolved:",
    "unresolved: customer cus_1 names no user",
    "unresolved: customer cus_1 names several users: a, b",
    "unresolved: customer cus_1\nnames several users: a\nb names several users: c",
    "unresolved: Stripe does not know customer cus_1",
    "Stripe does not know the event's object",
    "Stripe does not know the event's object in_1",
    " Stripe does not know ",
    "stripe does not know the event's object in_1",
    "StripeError: Stripe 400: no",
    "StripeErrors: no",
    "TypeError: unresolved: StripeError: x",
  ];
  const eventId = await world.deliver("customer.created", "cus_any");
  for (const lastError of texts) {
    await world.deps.db.update(webhookEvents).set({ lastError }).where(eq(webhookEvents.eventId, eventId));
    const [row] = await world.deps.db.select({ cause: CAUSE }).from(webhookEvents);
    expect([lastError, row?.cause]).toEqual([lastError, causeOf(lastError)]);
  }
});

test("a person says whose a dead letter is: its customer's events are worked on, and who said it is written down", async () => {
  const { userId } = await world.user();
  const { customerId, eventId, subscription } = await unresolved();
  await world.deliver("customer.subscription.updated", subscription.id);
  await processCustomer(world.deps, customerId);
  expect(await as().assignEvent({ eventId, userId })).toEqual({
    customer_id: customerId,
    user_id: userId,
    queued: 2,
  });
  expect(world.nudges).toContain(customerId);
  await processCustomer(world.deps, customerId);
  expect((await world.row(userId)).subscriptionStatus).toBe("paid");
  expect(await world.event(eventId)).toMatchObject({ outcome: "processed", userId });
  const again = await as().assignEvent({ eventId, userId });
  expect(again).toEqual({ customer_id: customerId, user_id: userId, queued: 0 });
  const { actions } = await world.as(admin).operations.listActions({ userId });
  expect(actions).toMatchObject([
    { action: "admin.assignEvent", actor_id: admin.userId, outcome: "done" },
    { action: "admin.assignEvent", input: { eventId, userId }, outcome: "done" },
  ]);
});

test("contradicting ids are settled by a person, and nobody can say otherwise afterwards", async () => {
  const [ann, ben] = [await world.user(), await world.user()];
  const { customerId, eventId } = await unresolved(ann.userId, ben.userId);
  await as().assignEvent({ eventId, userId: ben.userId });
  await processCustomer(world.deps, customerId);
  const plans = [await world.row(ann.userId), await world.row(ben.userId)].map(
    (row) => row.subscriptionStatus,
  );
  expect(plans).toEqual(["free", "paid"]);
  await expect(as().assignEvent({ eventId, userId: ann.userId })).rejects.toMatchObject({ code: "CONFLICT" });
});

test("of two who say otherwise at the same moment, the slower is told", async () => {
  const [ann, ben] = [await world.user(), await world.user()];
  const { customerId, eventId } = await unresolved();
  const bound = Promise.withResolvers<void>();
  const mayCommit = Promise.withResolvers<void>();
  const faster = world.deps.db.transaction(async (tx) => {
    await tx.insert(stripeCustomers).values({ customerId, userId: ann.userId });
    bound.resolve();
    await mayCommit.promise;
  });
  await bound.promise;
  const slower = expect(as().assignEvent({ eventId, userId: ben.userId })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  await vi.waitFor(async () => {
    const waiting = await world.database.sql`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    expect(waiting).toHaveLength(1);
  });
  mayCommit.resolve();
  await faster;
  await slower;
  const [row] = await world.deps.db
    .select()
    .from(stripeCustomers)
    .where(eq(stripeCustomers.customerId, customerId));
  expect(row?.userId).toBe(ann.userId);
});

test("what cannot be assigned says why, and binds nobody", async () => {
  const { userId } = await world.user();
  const deleted = await world.user();
  await world.deps.db.update(users).set({ deletedAt: new Date() }).where(eq(users.id, deleted.userId));
  const refusal = async (eventId: string, to = userId) => {
    const error = await as()
      .assignEvent({ eventId, userId: to })
      .catch((thrown: unknown) => thrown);
    const { code, message } = (error as { cause: { code: string; message: string } }).cause;
    return `${code} ${message}`;
  };
  const { customerId, eventId } = await unresolved();
  expect(await refusal("evt_none")).toMatch("NOT_FOUND There is no such event");
  expect(await refusal(eventId, "user_none")).toMatch("NOT_FOUND There is no such user");
  expect(await refusal(eventId, deleted.userId)).toMatch("NOT_ASSIGNABLE This account was deleted");
  expect(await refusal((await gone()).eventId)).toMatch(
    "NOT_ASSIGNABLE This customer belongs to another user",
  );
  expect(await refusal(await unknownCustomer())).toMatch(
    "NOT_ASSIGNABLE Only a dead letter that nobody was found for",
  );
  const lone = await world.deliver("charge.dispute.created", "dp_1", { object: { object: "dispute" } });
  await processLoneEvent(world.deps, lone);
  expect(await refusal(lone)).toMatch("NOT_ASSIGNABLE This event names no customer");
  const ignored = await world.deliver("customer.created", "cus_new", { object: { object: "customer" } });
  expect(await refusal(ignored)).toMatch("NOT_ASSIGNABLE");
  const bound = await world.deps.db
    .select()
    .from(stripeCustomers)
    .where(eq(stripeCustomers.customerId, customerId));
  expect(bound).toEqual([]);
});

test("dead letters are replayed by name, whatever the limit, once each, and only those that are dead", async () => {
  const [one, two, three] = [await gone(), await gone(), await gone()];
  const finished = await world.deliver("customer.created", "cus_any");
  const names = [one.eventId, two.eventId, one.eventId, finished, "evt_none"];
  expect(await as().replayDead({ eventIds: names, limit: 1 })).toEqual({ queued: 2, left: 0 });
  expect((await world.event(finished)).outcome).toBe("ignored");
  expect((await world.event(three.eventId)).outcome).toBe("dead");
  expect(await as().replayDead({ eventIds: names })).toEqual({ queued: 0, left: 0 });
});

test("dead letters are replayed by cause and type, the oldest first, and the rest is counted", async () => {
  const first = await gone();
  world.clock.advance(1_000);
  await gone();
  await unresolved();
  expect(await as().replayDead({ cause: "gone_at_stripe", type: "invoice.paid", limit: 1 })).toEqual({
    queued: 1,
    left: 1,
  });
  expect((await world.event(first.eventId)).outcome).toBeNull();
  expect(await as().replayDead({ cause: "no_user", type: "invoice.paid" })).toEqual({ queued: 0, left: 0 });
  expect(await as().replayDead({ cause: "refused" })).toEqual({ queued: 0, left: 0 });
  expect((await as().listCauses()).causes).toMatchObject([
    { cause: "gone_at_stripe", count: 1 },
    { cause: "no_user", count: 1 },
  ]);
});
