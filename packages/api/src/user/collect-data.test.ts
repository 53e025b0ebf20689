import * as schema from "@liveassist/db/schema";
import { authAccounts, authSessions, liveassistSessions, trail, webhookEvents } from "@liveassist/db/schema";
import { eq, is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readyPicture } from "../../test/support/ready-picture.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import { EXPORTED, NOT_EXPORTED } from "./exported-tables.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });
type Rows = Record<string, Record<string, unknown>[]>;

/** Somebody who bought, wrote, posted and sent a picture. */
async function member() {
  const { actor, customerId } = await world.buyer();
  const { userId } = actor;
  const { db } = world.deps;
  const expiresAt = new Date(world.clock.wall() + 3_600_000);
  const secrets = { password: "SECRET hash", accessToken: "SECRET token" };
  await db
    .insert(authAccounts)
    .values({ id: userId, accountId: userId, providerId: "credential", userId, ...secrets });
  await db.insert(authSessions).values({ id: userId, token: `SECRET ${userId}`, userId, expiresAt });
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  await world.deliver("customer.subscription.created", subscription.id);
  await syncCustomer(world.deps, customerId);
  const { liveassist, community } = world.as(actor);
  const { sessionId } = await liveassist.createSession();
  await liveassist.sendMessage({ sessionId, text: "My question", clientMessageId: "m1" });
  const picture = await readyPicture(world, userId);
  await world.deps.storage.putBytes(`community/${picture}`, Buffer.from("x"));
  await community.createPost({ text: "My post", uploadIds: [picture], clientPostId: "p1" });
  // What is written beside the answers: the reply, and the trail.
  await world.deps.replies.idle();
  await expect.poll(() => world.deps.db.$count(trail, eq(trail.userId, userId))).toBe(1);
  return { actor, customerId, subscription, picture };
}

test("every table that knows whose it is, is given out or left out on purpose", () => {
  const owned = Object.values(schema)
    .filter((one) => is(one, PgTable))
    .map((table) => getTableConfig(table))
    .filter(({ columns }) => columns.some(({ name }) => /^(user|reporter)_id$/.test(name)))
    .map(({ name }) => name);
  const given = Object.values(EXPORTED).map(({ table }) => getTableConfig(table).name);
  const known = [...given, ...Object.keys(NOT_EXPORTED)];
  expect(owned.filter((name) => !known.includes(name))).toEqual([]);
  expect(new Set(known).size).toBe(known.length);
});

test("what is left out of a table is a column of it", () => {
  for (const { table, without } of Object.values(EXPORTED)) {
    const names = getTableConfig(table).columns.map((column) => column.name);
    expect(without.filter((name) => !names.includes(name))).toEqual([]);
    expect(without.length).toBeLessThan(names.length);
  }
});

test("a user takes home what is theirs, without secrets and without anybody else's", async () => {
  const other = await member();
  const { actor, customerId, subscription, picture } = await member();
  const { user_id, data } = await world.as(actor).user.exportData();
  const rows = data as Rows;
  expect(user_id).toBe(actor.userId);
  expect(Object.keys(data).sort()).toEqual(Object.keys(EXPORTED).sort());
  expect(rows["account"]).toMatchObject([{ email: `${actor.userId}@example.com`, xp: 250 }]);
  expect(rows["subscriptions"]).toMatchObject([{ provider_subscription_id: subscription.id }]);
  expect(rows["customers"]).toMatchObject([{ customer_id: customerId }]);
  expect(rows["activations"]).toMatchObject([{ subscription_id: subscription.id, plan: "paid" }]);
  expect(rows["messages"]?.map((row) => row["text"])).toContain("My question");
  expect(rows["posts"]).toMatchObject([{ text: "My post" }]);
  expect(rows["uploads"]).toMatchObject([{ path: `/api/community/files/${picture}` }]);
  expect(rows["events"]).toMatchObject([{ type: "customer.subscription.created" }]);
  const whole = JSON.stringify(data);
  expect(whole).not.toMatch(/SECRET|"payload":"|"token"|"password"/);
  for (const foreign of [other.customerId, other.subscription.id, `"${other.actor.userId}"`])
    expect(whole).not.toContain(foreign);
  expect(await world.deps.db.$count(liveassistSessions)).toBe(2);
  expect(await world.deps.db.$count(webhookEvents)).toBe(2);
});

test("an administrator gets the same for them, which is written down; nobody else may", async () => {
  const { actor } = await member();
  const admin = await world.user("admin");
  const { userId } = actor;
  const own = await world.as(actor).user.exportData();
  const theirs = await world.as(admin).admin.exportUser({ userId });
  expect({ ...theirs.data, support: [] }).toEqual(own.data);
  expect(theirs.data["support"]).toMatchObject([{ action: "admin.exportUser" }]);
  const { actions } = await world.as(admin).operations.listActions({ userId });
  expect(actions).toMatchObject([{ action: "admin.exportUser", outcome: "done", actor_id: admin.userId }]);
  await expect(world.as(actor).admin.exportUser({ userId })).rejects.toThrow(refusal("FORBIDDEN"));
  await expect(world.as(null).user.exportData()).rejects.toThrow(refusal("UNAUTHENTICATED"));
  const nobody = world.as(admin).admin.exportUser({ userId: "nobody" });
  await expect(nobody).rejects.toThrow(refusal("NOT_FOUND"));
});
