import { webhookEvents } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventBody } from "../../test/support/stripe-event.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { claimCustomer, claimEvent, findDue, LEASE_MS } from "./claim-events.ts";
import { readEvent } from "./read-event.ts";
import { type IncomingEvent, storeEvents } from "./store-events.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

function incoming(over: { id?: string; customer?: string | null; ignored?: boolean } = {}): IncomingEvent {
  const payload = eventBody(world.at, {
    type: "invoice.paid",
    about: "in_any",
    object: { customer: over.customer ?? null },
    ...(over.id ? { id: over.id } : {}),
  });
  const receivedAt = world.clock.wall();
  return { facts: readEvent(payload), payload, livemode: false, ignored: over.ignored ?? false, receivedAt };
}

async function store(...events: IncomingEvent[]): Promise<string[]> {
  const outcomes = await storeEvents(world.deps.db, events);
  return events.map((one) => outcomes.get(one.facts.eventId) ?? "lost");
}

const end = (eventId: string, outcome: "processed" | "dead") =>
  world.deps.db.update(webhookEvents).set({ outcome }).where(eq(webhookEvents.eventId, eventId));
const claimed = async (customerId: string): Promise<string[]> =>
  (await claimCustomer(world.deps.db, customerId, world.clock.wall())).map((one) => one.facts.eventId);

test("an event is stored with its raw body, once, however often it comes", async () => {
  const event = incoming({ id: "evt_once" });
  expect(await store(event)).toEqual(["stored"]);
  expect(await store(event)).toEqual(["stored"]);
  expect(await world.event("evt_once")).toMatchObject({ payload: event.payload, outcome: null, attempts: 0 });
});

test("a processed event is skipped and left alone; so is one that was ignored", async () => {
  await store(incoming({ id: "evt_done" }), incoming({ id: "evt_ignored", ignored: true }));
  await end("evt_done", "processed");
  expect(await store(incoming({ id: "evt_done" }), incoming({ id: "evt_ignored", ignored: true }))).toEqual([
    "skipped",
    "skipped",
  ]);
  expect((await world.event("evt_done")).outcome).toBe("processed");
});

test("a dead event is queued again: forgiven, with its history; a pending one keeps its count", async () => {
  await store(incoming({ id: "evt_dead", customer: "cus_dead" }));
  await claimed("cus_dead");
  await store(incoming({ id: "evt_dead" }));
  expect(await world.event("evt_dead")).toMatchObject({ attempts: 1, leaseUntil: null, errors: [] });
  await world.deps.db
    .update(webhookEvents)
    .set({ outcome: "dead", permanentFailures: 8, errors: [{ at: "2026-11-21T12:00:00.000Z", error: "no" }] })
    .where(eq(webhookEvents.eventId, "evt_dead"));
  await store(incoming({ id: "evt_dead" }));
  expect(await world.event("evt_dead")).toMatchObject({
    outcome: null,
    attempts: 1,
    permanentFailures: 0,
    errors: [{ error: "no" }],
  });
});

test("an event fetched from Stripe's list is stored once, and never brings a known one back", async () => {
  const backfill = (id: string) => ({ ...incoming({ id }), source: "backfill" as const });
  expect(await store(backfill("evt_missed"))).toEqual(["stored"]);
  expect(await world.event("evt_missed")).toMatchObject({ source: "backfill", outcome: null });
  await end("evt_missed", "dead");
  expect(await store(backfill("evt_missed"))).toEqual(["skipped"]);
  expect(await world.event("evt_missed")).toMatchObject({ outcome: "dead" });
});

test("batches with the same events in another order do not block each other", async () => {
  const events = Array.from({ length: 100 }, (_, index) => incoming({ id: `evt_race_${index}` }));
  const rounds = Array.from({ length: 10 }, (_, turn) => (turn % 2 === 0 ? events : events.toReversed()));
  const outcomes = await Promise.all(rounds.map((batch) => store(...batch)));
  expect(outcomes.flat().every((outcome) => outcome === "stored")).toBe(true);
});

test("a claimed event is nobody else's until its lease is over", async () => {
  await store(incoming({ id: "evt_lease", customer: "cus_lease" }));
  expect(await claimed("cus_lease")).toEqual(["evt_lease"]);
  expect(await claimed("cus_lease")).toEqual([]);
  world.clock.advance(LEASE_MS - 1);
  expect(await claimed("cus_lease")).toEqual([]);
  world.clock.advance(1);
  expect(await claimed("cus_lease")).toEqual(["evt_lease"]);
  expect((await world.event("evt_lease")).attempts).toBe(2);
});

test("of many workers exactly one gets an event", async () => {
  await store(incoming({ id: "evt_many", customer: "cus_many" }));
  const all = await Promise.all(Array.from({ length: 8 }, () => claimed("cus_many")));
  expect(all.flat()).toEqual(["evt_many"]);
});

test("an event that waits for its next attempt is not due before", async () => {
  await store(incoming({ id: "evt_later", customer: "cus_later" }));
  const nextAttemptAt = new Date(world.clock.wall() + 1000);
  await world.deps.db
    .update(webhookEvents)
    .set({ nextAttemptAt })
    .where(eq(webhookEvents.eventId, "evt_later"));
  expect(await claimed("cus_later")).toEqual([]);
  const due = async () => await findDue(world.deps.db, world.clock.wall());
  expect(await due()).not.toContainEqual({ customerId: "cus_later" });
  world.clock.advance(1000);
  expect(await due()).toContainEqual({ customerId: "cus_later" });
  expect(await claimed("cus_later")).toEqual(["evt_later"]);
});

test("a sweep names each customer once, and events without a customer one by one", async () => {
  await store(
    incoming({ id: "evt_a1", customer: "cus_a" }),
    incoming({ id: "evt_a2", customer: "cus_a" }),
    incoming({ id: "evt_lone_1" }),
    incoming({ id: "evt_lone_2" }),
    incoming({ id: "evt_over", customer: "cus_over", ignored: true }),
  );
  const due = await findDue(world.deps.db, world.clock.wall());
  expect(due.filter((one) => one.customerId === "cus_a")).toHaveLength(1);
  expect(due).toContainEqual({ customerId: null, eventId: "evt_lone_1" });
  expect(due).toContainEqual({ customerId: null, eventId: "evt_lone_2" });
  expect(due).not.toContainEqual({ customerId: "cus_over" });
  const [lone] = await claimEvent(world.deps.db, "evt_lone_1", world.clock.wall());
  expect(lone?.facts.eventId).toBe("evt_lone_1");
});
