import {
  activations,
  adminActions,
  billingFlags,
  checkoutAttempts,
  drifts,
  mails,
  outbox,
  provisionalGrants,
  reconcileWalks,
  trail,
  webhookEvents,
  withdrawals,
  xpEvents,
} from "@liveassist/db/schema";
import { type TimelineEntry, timelineKind } from "@liveassist/shared/inputs/operations";
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

const refusal = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });
const read = (userId: string, over: { kinds?: TimelineEntry["kind"][]; limit?: number } = {}) =>
  world.as(admin).admin.readTimeline({ userId, ...over });
/** All pages of a timeline, so many entries each. */
async function readAll(userId: string, limit: number): Promise<TimelineEntry[]> {
  const all: TimelineEntry[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await world.as(admin).admin.readTimeline({ userId, limit, ...(cursor ? { cursor } : {}) });
    all.push(...page.entries);
    if (page.next === null) return all;
    cursor = page.next;
  }
}
let serial = 0;
const uuid = () => `10000000-0000-4000-8000-${String(++serial).padStart(12, "0")}`;
const eventAt = (at: Date, customerId: string, over: Partial<typeof webhookEvents.$inferInsert> = {}) => ({
  eventId: `evt_${uuid()}`,
  type: "invoice.paid",
  livemode: false,
  customerId,
  payload: "{}",
  stripeCreatedAt: at,
  receivedAt: at,
  nextAttemptAt: at,
  ...over,
});

/** Something of every kind, each with a person's words where a table has room for them. */
async function storied() {
  const { actor, customerId } = await world.buyer();
  const { userId } = actor;
  const { db } = world.deps;
  const at = new Date(world.clock.wall());
  const later = new Date(at.getTime() + 1_000);
  const [walk] = await db
    .insert(reconcileWalks)
    .values({ state: "finished", phase: "repair", startedAt: at })
    .returning();
  await db.insert(checkoutAttempts).values({
    ...{ id: uuid(), userId, customerId, trial: false, priceId: "price_1", state: "settled" },
    ...{ url: "https://pay.example/secret", createdAt: at, updatedAt: later },
  } as typeof checkoutAttempts.$inferInsert);
  await db.insert(activations).values({
    ...{ subscriptionId: `sub_of_${userId}`, userId, plan: "paid", paidAt: at, activatedAt: later },
    ...{ receivedAt: at, committedAt: later },
  } as typeof activations.$inferInsert);
  await db.insert(webhookEvents).values(
    eventAt(at, customerId, {
      outcome: "dead",
      lastError: "no user for anna@example.se",
      payload: "the payload",
    }),
  );
  const seen = { version: 1, socketId: "ws_1" };
  await db.insert(trail).values([
    { userId, kind: "sync", at, detail: { outcome: "changed", road: "event", seq: 7, customerId } },
    { userId, kind: "push", at, detail: { ...seen, plan: "paid" } },
    { userId, kind: "ack", at, detail: seen },
  ]);
  const told = (status: string) => ({
    ...{ userId, type: "subscription.updated", createdAt: at },
    payload: { userId, type: "subscription.updated", subscription_status: status },
  });
  await db.insert(outbox).values([told("free"), told("paid")]);
  await db.insert(provisionalGrants).values({
    ...{ subscriptionId: `sub_of_${userId}`, userId, customerId, eventId: "evt_1", status: "active" },
    ...{ stripeCreatedAt: at, receivedAt: at, endsAt: later },
  });
  const xp = { userId, amount: 250, reason: "first_premium", ts: at };
  await db.insert(xpEvents).values({ ...xp, id: uuid(), idempotencyKey: `xp of ${userId}` });
  const flag = { userId, kind: "refund" as const, foundAt: at, resolvedAt: later };
  await db.insert(billingFlags).values({ ...flag, id: uuid(), objectId: `ch_${userId}` });
  const drift = { walkId: walk?.id ?? 0, customerId, cause: "missing_here", foundAt: at, repairedAt: later };
  await db.insert(drifts).values(drift);
  await db.insert(withdrawals).values({
    ...{ id: uuid(), userId, subscriptionId: `sub_of_${userId}`, name: "Anna", email: "anna@example.se" },
    ...{ receivedAt: at, completedAt: later, nextAttemptAt: at },
  });
  const mail = { userId, to: "anna@example.se", subject: "Your trial", text: "Hello Anna" };
  await db.insert(mails).values({ ...mail, id: uuid(), key: `trial_ending:${userId}`, nextAttemptAt: at });
  const input = { userId, email: "[masked]", reason: "for anna@example.se" };
  await db.insert(adminActions).values({ at, actorId: null, action: "npm run x", userId, input });
  return { userId, customerId, at };
}

test("tells something of every kind, and nobody's name, address or payload", async () => {
  const { userId } = await storied();
  const { entries, next } = await read(userId, { limit: 200 });
  expect(next).toBeNull();
  expect([...new Set(entries.map((one) => one.kind))].sort()).toEqual([...timelineKind.options].sort());
  expect(JSON.stringify(entries)).not.toMatch(/anna|payload|pay\.example/i);
  const ats = entries.map((one) => one.at);
  expect(ats).toEqual(ats.toSorted().reverse());
  const change = entries.filter((one) => one.kind === "change").map((one) => one.what);
  expect(change).toEqual(["free → paid", "free"]);
  expect(entries.find((one) => one.kind === "push")?.ids).toEqual({ version: "1", socket: "ws_1" });
  expect(entries.find((one) => one.kind === "payment")?.detail).toMatchObject({ seconds: 1 });
});

test("what shares a moment stands in the order in which one follows from the other", async () => {
  const { userId } = await storied();
  const kinds: TimelineEntry["kind"][] = ["payment", "event", "sync", "change", "push", "ack"];
  const { entries } = await read(userId, { kinds });
  expect([...new Set(entries.map((one) => one.kind))].reverse()).toEqual(kinds);
});

test.each([1, 2, 3, 7])(
  "%d at a time loses nothing and repeats nothing, also within one moment",
  async (limit) => {
    const { userId, customerId, at } = await storied();
    const { db } = world.deps;
    // Sixty in three moments, over two sources.
    const moments = [0, 0, 1].map((ms) => new Date(at.getTime() + ms));
    await db
      .insert(webhookEvents)
      .values(Array.from({ length: 30 }, (_, n) => eventAt(moments[n % 3] ?? at, customerId)));
    await db.insert(trail).values(
      Array.from({ length: 30 }, (_, n) => ({
        userId,
        kind: "push" as const,
        at: moments[n % 3] ?? at,
        detail: {},
      })),
    );
    const { entries } = await read(userId, { limit: 200 });
    expect(entries.length).toBeGreaterThan(75);
    expect(await readAll(userId, limit)).toEqual(entries);
  },
);

test("shows only the kinds that are asked for, and nothing of anybody else", async () => {
  const { userId } = await storied();
  const other = await storied();
  for (const kind of timelineKind.options) {
    const { entries } = await read(userId, { kinds: [kind] });
    expect(new Set(entries.map((one) => one.kind))).toEqual(new Set([kind]));
    expect(JSON.stringify(entries)).not.toContain(other.customerId);
  }
});

test("is for administrators, about users there are, with cursors that were given", async () => {
  const { userId } = await storied();
  const own = await world.user();
  await expect(world.as(own).admin.readTimeline({ userId })).rejects.toThrow(refusal("FORBIDDEN"));
  await expect(read("nobody")).rejects.toThrow(refusal("NOT_FOUND"));
  await expect(world.as(admin).admin.readUser({ userId: "nobody" })).rejects.toThrow(refusal("NOT_FOUND"));
  const bad = world.as(admin).admin.readTimeline({ userId, cursor: "x" });
  await expect(bad).rejects.toThrow(refusal("INVALID_INPUT"));
});

test("one user is read with their customers, subscriptions, open flags and last news", async () => {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  await world.as(actor).subscription.refresh();
  const at = new Date(world.clock.wall() + 5_000);
  const { userId } = actor;
  await world.deps.db.insert(trail).values({ userId, kind: "ack", at, detail: { version: 1 } });
  expect(await world.as(admin).admin.readUser({ userId })).toMatchObject({
    id: userId,
    subscription_status: "paid",
    xp: 250,
    customers: [{ customer_id: customerId, observed_at: expect.any(String) }],
    subscriptions: [{ subscription_id: subscription.id, status: "active", plan: "paid" }],
    open_flags: 0,
    last_pushed_at: null,
    last_confirmed_at: at.toISOString(),
  });
});
