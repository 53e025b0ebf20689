import { stripeCustomers, subscriptions, users, webhookEvents, xpEvents } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Actor } from "../deps.ts";

let world: TestWorld;
let admin: Actor;
beforeAll(async () => {
  world = await openWorld();
  admin = await world.user("admin");
});
afterAll(() => world.close());

const as = () => world.as(admin).admin;

let made = 0;
/** Somebody, an hour younger than who came before. */
async function person(over: Partial<typeof users.$inferInsert>): Promise<string> {
  made += 1;
  const id = `person_${String(made).padStart(3, "0")}`;
  const createdAt = new Date(Date.UTC(2026, 0, 1, made));
  await world.deps.db
    .insert(users)
    .values({ id, name: `Nobody ${made}`, email: `${id}@example.org`, createdAt, ...over });
  return id;
}

const found = async (q: string, more: object = {}) =>
  (await as().listUsers({ q, ...more })).users.map((one) => one.id);

/** Everything of a list, a few at a time. */
async function walk<T>(page: (cursor?: string) => Promise<{ rows: T[]; next: string | null }>): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const { rows, next } = await page(cursor);
    all.push(...rows);
    if (next === null) return all;
    cursor = next;
  }
}

const behind = (cursor?: string) => (cursor ? { cursor } : {});

test("people are found by the beginning of a name or an e-mail, in whatever case, newest first", async () => {
  const anna = await person({ name: "Anna Åström", email: "a.astrom@example.org" });
  const annika = await person({ name: "ANNIKA", email: "other@example.org" });
  const byMail = await person({ name: "Zoe", email: "Annabel@example.org" });
  expect(await found("ann")).toEqual([byMail, annika, anna]);
  expect(await found("  anna ")).toEqual([byMail, anna]);
  expect(await found("anna å")).toEqual([anna]);
  expect(await found("ÅSTRÖM")).toEqual([]);
  expect(await found("annabel@EXAMPLE.org")).toEqual([byMail]);
});

test("what is special in a pattern is not in a search", async () => {
  const percent = await person({ name: "100% Real" });
  const under = await person({ name: "snake_case" });
  const back = await person({ name: "C:\\Users" });
  expect(await found("100%")).toEqual([percent]);
  expect(await found("snake_")).toEqual([under]);
  expect(await found("C:\\")).toEqual([back]);
  for (const q of ["%", "_", "\\", "%a", "__", "' or 1=1 --"]) expect([q, await found(q)]).toEqual([q, []]);
});

test("somebody is found by a whole id of theirs: their own, their customer's, their subscription's", async () => {
  const { actor, customerId } = await world.buyer();
  const at = new Date(world.clock.now());
  await world.deps.db.insert(subscriptions).values({
    providerSubscriptionId: "sub_of_theirs",
    userId: actor.userId,
    customerId,
    plan: "paid",
    status: "active",
    items: [],
    stripeCreatedAt: at,
    observedSeq: 1,
    observedAt: at,
  });
  for (const q of [actor.userId, customerId, "sub_of_theirs"]) expect(await found(q)).toContain(actor.userId);
  expect(await found("sub_of_their")).toEqual([]);
});

test("people are narrowed down by plan, and read page by page without gap or repeat", async () => {
  const at = new Date(Date.UTC(2026, 1, 1));
  const paid: string[] = [];
  for (let n = 0; n < 5; n++) {
    await person({ name: `Twin ${n}`, createdAt: at });
    paid.push(await person({ name: `Twin ${n}`, createdAt: at, subscriptionStatus: "paid" }));
  }
  const pages = (more: object) =>
    walk(async (cursor) => {
      const { users, next } = await as().listUsers({ q: "twin", limit: 3, ...more, ...behind(cursor) });
      return { rows: users.map((one) => one.id), next };
    });
  expect(await pages({ plan: "paid" })).toEqual(paid.toReversed());
  expect(await pages({})).toHaveLength(10);
  expect(await pages({})).toEqual(await found("twin"));
  expect(await found("twin", { plan: "trial" })).toEqual([]);
});

test("a deleted account shows that it is", async () => {
  const deletedAt = new Date(world.clock.now());
  const id = await person({ name: "Deleted account", deletedAt });
  expect((await as().listUsers({ q: id })).users).toMatchObject([
    { id, deleted_at: deletedAt.toISOString() },
  ]);
});

test("the XP ledger is read newest first, of all or of one", async () => {
  const { userId } = await world.user();
  const ts = new Date(world.clock.now());
  const grants = [1, 2, 3, 4, 5].map((n) => ({
    id: `00000000-0000-4000-a000-00000000000${n}`,
    userId,
    amount: n,
    reason: "manual",
    idempotencyKey: `xp ${n}`,
    ts,
  }));
  await world.deps.db.insert(xpEvents).values(grants);
  const all = await walk(async (cursor) => {
    const { entries, next } = await as().listXp({ userId, limit: 2, ...behind(cursor) });
    return { rows: entries, next };
  });
  expect(all.map(({ amount }) => amount)).toEqual([5, 4, 3, 2, 1]);
  const name = (await world.row(userId)).name;
  expect(all[0]).toMatchObject({ user_id: userId, user_name: name, idempotency_key: "xp 5" });
  expect((await as().listXp({ userId: "user_none" })).entries).toEqual([]);
  expect((await as().listXp({})).entries.length).toBeGreaterThanOrEqual(5);
});

test("what was done is listed newest first, with who did it, to whom, and what came of it", async () => {
  const other = await world.user("admin");
  await as().replayDead({ limit: 7 });
  await world
    .as(other)
    .admin.replayEvent({ eventId: "evt_none" })
    .catch(() => null);
  await world.as(other).admin.replayDead({});
  const { operations } = world.as(admin);
  const theirs = await walk(async (cursor) => {
    const { actions, next } = await operations.listActions({
      actorId: other.userId,
      limit: 1,
      ...behind(cursor),
    });
    return { rows: actions, next };
  });
  const { name } = await world.row(other.userId);
  expect(theirs).toMatchObject([
    { action: "admin.replayDead", actor_name: name, outcome: "done", user_id: null },
    { action: "admin.replayEvent", actor_name: name, outcome: "NOT_FOUND", input: { eventId: "evt_none" } },
  ]);
  const { actions } = await operations.listActions({ limit: 3 });
  expect(actions.map((one) => one.actor_id)).toEqual([other.userId, other.userId, admin.userId]);
  expect(actions.map((one) => one.id)).toEqual(actions.map((one) => one.id).toSorted((a, b) => b - a));
});

test("events are narrowed down to a stretch of time, its end not among them", async () => {
  const seen: string[] = [];
  const at: string[] = [];
  for (let n = 0; n < 3; n++) {
    seen.unshift(await world.deliver("customer.created", "cus_time", { object: { customer: "cus_time" } }));
    at.push(new Date(world.clock.wall()).toISOString());
    world.clock.advance(60_000);
  }
  const [first = "", second = "", third = ""] = at;
  const within = async (range: object) =>
    (await as().listEvents({ customerId: "cus_time", ...range })).events.map((one) => one.event_id);
  expect(await within({ from: first })).toEqual(seen);
  expect(await within({ from: first, to: third })).toEqual(seen.slice(1));
  expect(await within({ from: second, to: third, type: "customer.created" })).toEqual([seen[1]]);
  expect(await within({ from: second, to: second })).toEqual([]);
  for (const narrow of [{ customerId: "cus_time" }, { type: "customer.created" }]) {
    const range = { ...narrow, from: first, to: third, limit: 1 };
    const paged = await walk(async (cursor) => {
      const { events, next } = await as().listEvents({ ...range, ...behind(cursor) });
      return { rows: events.map((one) => one.event_id), next };
    });
    expect(paged).toEqual(seen.slice(1));
    const past = `${Date.parse(third) + 60_000}:evt_x`;
    expect((await as().listEvents({ ...range, cursor: past })).events[0]?.event_id).toBe(seen[1]);
  }
});

test("events of one type are read newest first through every outcome, without gap or repeat", async () => {
  const type = "customer.created";
  const events = await Promise.all(
    Array.from({ length: 9 }, (_, n) => world.deliver("invoice.created", `in_${n}`)),
  );
  const outcomes = ["processed", "ignored", "dead", null] as const;
  for (const [n, eventId] of events.entries())
    await world.deps.db
      .update(webhookEvents)
      .set({ outcome: outcomes[n % 4] ?? null })
      .where(eq(webhookEvents.eventId, eventId));
  const pages = await walk(async (cursor) => {
    const page = await as().listEvents({ type: "invoice.created", limit: 2, ...behind(cursor) });
    return { rows: page.events.map((one) => one.event_id), next: page.next };
  });
  expect(pages.toSorted()).toEqual(events.toSorted());
  const { events: all } = await as().listEvents({ limit: 200 });
  const wanted = all.filter((one) => one.type !== type).map((one) => one.event_id);
  expect(pages).toEqual(wanted.filter((id) => events.includes(id)));
});

test("a user's events are those of all their customers, and of nobody else's", async () => {
  const { actor, customerId } = await world.buyer();
  await world.deps.db.insert(stripeCustomers).values({ customerId: "cus_second", userId: actor.userId });
  const mine = [
    await world.deliver("customer.created", customerId, { object: { customer: customerId } }),
    await world.deliver("customer.created", "cus_second", { object: { customer: "cus_second" } }),
  ];
  const list = async (userId: string) =>
    (await as().listEvents({ userId })).events.map((one) => one.event_id);
  expect((await list(actor.userId)).toSorted()).toEqual(mine.toSorted());
  expect(await list("user_none")).toEqual([]);
});

test("what nobody could mean is refused in the contract's words, before the database sees it", async () => {
  const { admin: api, operations } = world.as(admin);
  const far = "999999999999999:x";
  const bad: Record<string, () => Promise<unknown>> = {
    "a time before its beginning": () =>
      api.listEvents({ from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z" }),
    "a year that is none": () => api.listEvents({ from: "0000-01-01T00:00:00Z" }),
    "a day that is none": () => api.listEvents({ to: "2026-02-30T00:00:00Z" }),
    "a cause that is none": () => api.listEvents({ cause: "bored" as "bug" }),
    "a NUL": () => api.listUsers({ q: "a\0b" }),
    "half a character": () => api.listUsers({ q: "\ud800" }),
    "no search at all": () => api.listUsers({ q: "" }),
    "a plan that is none": () => api.listUsers({ plan: "gold" as "paid" }),
    "no names": () => api.replayDead({ eventIds: [] }),
    "too many names": () => api.replayDead({ eventIds: Array.from({ length: 201 }, String) }),
    "no drift": () => api.repairDrift({ driftId: 0 }),
    "half a drift": () => api.repairDrift({ driftId: 1.5 }),
    "a cursor past all time": () => api.listUsers({ cursor: far }),
    "an event's cursor for XP": () => api.listXp({ cursor: "5:evt_1" }),
    "an event's cursor for drifts": () => api.listDrifts({ cursor: "5:evt_1" }),
    "an event's cursor for walks": () => api.listWalks({ cursor: "5:evt_1" }),
    "an event's cursor for flags": () => api.listFlags({ cursor: "5:evt_1" }),
    "an event's cursor for actions": () => operations.listActions({ cursor: "5:1e9" }),
  };
  for (const [what, call] of Object.entries(bad)) {
    const error = await call().catch((thrown: unknown) => thrown);
    expect([what, (error as { code?: string }).code]).toEqual([what, "BAD_REQUEST"]);
  }
  expect(await api.listUsers({ q: "   " })).toEqual(await api.listUsers({}));
});

test("only administrators may look or do anything here", async () => {
  const calls = (who: Actor | null) => {
    const { admin: api, operations } = world.as(who);
    return [
      api.listCauses(),
      api.assignEvent({ eventId: "evt_1", userId: admin.userId }),
      api.repairDrift({ driftId: 1 }),
      api.listUsers({}),
      api.listXp({}),
      operations.listActions({}),
    ];
  };
  const { userId } = await world.user();
  const user: Actor = { userId, role: "user", loginId: "login" };
  const refused = (who: Actor | null, code: string) =>
    Promise.all(calls(who).map((call) => expect(call).rejects.toMatchObject({ code })));
  await refused(user, "FORBIDDEN");
  await refused(null, "UNAUTHORIZED");
});
