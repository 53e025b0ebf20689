import {
  adminActions,
  authAccounts,
  authSessions,
  authVerifications,
  trail,
  uploads,
  users,
  webhookEvents,
  withdrawals,
  xpEvents,
} from "@liveassist/db/schema";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { forgetPayloads } from "../billing/forget-payloads.ts";
import { processCustomer } from "../billing/process-events.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor } from "../deps.ts";
import { sendDueMails } from "../mail/send-due-mails.ts";
import { writeMail } from "../mail/write-mail.ts";

let world: TestWorld;
let admin: Actor;
beforeAll(async () => {
  world = await openWorld();
  admin = await world.user("admin");
});
afterAll(() => world.close());

const NAME = "Ottilia Zetterqvist";
const refusal = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });
const erase = (userId: string, email: string) => world.as(admin).admin.eraseUser({ userId, email });

/** Every text and JSON column of every table that holds one of the words, as `table.column`. */
async function foundIn(words: readonly string[]): Promise<string[]> {
  const columns = await world.deps.db.execute<{ table: string; column: string }>(sql`
    select c.table_name as table, c.column_name as column from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'json', 'jsonb')`);
  expect(columns.length).toBeGreaterThan(100);
  const found: string[] = [];
  for (const { table, column } of columns) {
    const holds = sql.join(
      words.map((word) => sql`strpos(lower(${sql.identifier(column)}::text), lower(${word})) > 0`),
      sql` or `,
    );
    const [row] = await world.deps.db.execute<{ n: string }>(
      sql`select count(*) as n from ${sql.identifier(table)} where ${holds}`,
    );
    if (Number(row?.n) > 0) found.push(`${table}.${column}`);
  }
  return found;
}

let people = 0;
/** Somebody whose name and address stand wherever a person's can come to stand. */
async function known() {
  const { actor, customerId } = await world.buyer();
  const { userId } = actor;
  const { db } = world.deps;
  const email = `ottilia${++people}@zetterqvist.example`;
  await db.update(users).set({ name: NAME, email }).where(eq(users.id, userId));
  const at = new Date(world.clock.wall());
  const login = { id: userId, userId };
  await db.insert(authAccounts).values({ ...login, accountId: email, providerId: "credential" });
  await db.insert(authSessions).values({ ...login, token: userId, expiresAt: at, userAgent: NAME });
  await db.insert(authVerifications).values({ id: userId, identifier: email, value: "1", expiresAt: at });
  const subscription = world.at.subscribe(customerId);
  const invoice = world.at.invoice(subscription);
  await syncCustomer(world.deps, customerId);
  const object = { id: invoice.id, object: "invoice", customer: customerId, customer_name: NAME };
  const payloadOf = (id: string) =>
    JSON.stringify({
      ...{ id, object: "event", type: "invoice.paid", livemode: false, api_version: null, created: 1 },
      data: { object: { ...object, customer_email: email, description: `For ${email}` } },
    });
  const failed = { lastError: `refused for ${email}`, errors: [{ at: "1", error: `refused for ${email}` }] };
  const event = (
    name: string,
    outcome: "processed" | "ignored" | "dead" | null,
    customer: string | null,
  ) => ({
    ...{
      eventId: `evt_${name}_${userId}`,
      type: "invoice.paid",
      livemode: false,
      outcome,
      payload: payloadOf(`evt_${name}_${userId}`),
      ...failed,
    },
    ...{ customerId: customer, stripeCreatedAt: at, receivedAt: at, nextAttemptAt: at },
  });
  await db
    .insert(webhookEvents)
    .values([
      event("processed", "processed", customerId),
      event("ignored", "ignored", customerId),
      event("pending", null, customerId),
      event("dead", "dead", customerId),
      event("stray", "dead", "cus_unknown"),
    ]);
  await db.insert(trail).values({ userId, kind: "push", at, detail: { version: 1 } });
  const input = { userId, reason: `for ${NAME}` };
  await db.insert(adminActions).values({ at, actorId: admin.userId, action: "user.grantXp", userId, input });
  const reason = `sorry, ${NAME}`;
  const grant = { userId, amount: 5, reason, idempotencyKey: email };
  await world.as(admin).user.grantXp(grant);
  const { liveassist, community } = world.as(actor);
  const { sessionId } = await liveassist.createSession();
  await liveassist.sendMessage({ sessionId, text: `I am ${NAME}`, clientMessageId: "m1" });
  await community.createPost({ text: `I am ${NAME}`, clientPostId: "p1" });
  await db.insert(uploads).values({
    ...{ id: crypto.randomUUID(), userId, purpose: "liveassist", kind: "image", state: "ready", bytes: 1 },
    ...{ filename: `${NAME}.png`, mediaType: "image/png", expiresAt: at },
  } as typeof uploads.$inferInsert);
  await db.transaction((tx) =>
    writeMail(world.deps, tx, { userId, key: `trial:${userId}`, to: email, subject: NAME, text: NAME }),
  );
  await world.deps.replies.stop();
  return { userId, email, customerId, subscription, invoice };
}

test("after an erasure the person's name and address stand nowhere in the database", async () => {
  const { userId, email, subscription } = await known();
  const before = await foundIn([NAME, email]);
  expect(before).toEqual(
    expect.arrayContaining([
      ...["users.name", "users.email", "webhook_events.payload", "webhook_events.last_error"],
      ...["webhook_events.errors", "admin_actions.input", "xp_events.reason", "xp_events.idempotency_key"],
      ...["liveassist_messages.text", "community_posts.text", "uploads.filename", "mails.to"],
      ...["auth_verifications.identifier", "auth_accounts.account_id", "auth_sessions.user_agent"],
    ]),
  );
  expect(await erase(userId, ` ${email.toUpperCase()} `)).toEqual({ erased: true });
  expect(subscription.status).toBe("canceled");
  // Their last mail is on its way, and then that is gone, too.
  await sendDueMails(world.deps);
  expect(world.mails.map((mail) => mail.to)).toContain(email);
  expect(await foundIn([NAME, email])).toEqual([]);
});

test("the books stay: money, XP and what was done, under an id that names nobody", async () => {
  const { userId, email, customerId } = await known();
  await erase(userId, email);
  const { db } = world.deps;
  expect(
    (await db.select().from(xpEvents).where(eq(xpEvents.userId, userId))).map((one) => one.amount),
  ).toEqual(expect.arrayContaining([250, 5]));
  const actions = await db.select().from(adminActions).where(eq(adminActions.userId, userId));
  expect(actions.map((one) => [one.action, one.outcome])).toContainEqual(["admin.eraseUser", "done"]);
  const { entries } = await world.as(admin).admin.readTimeline({ userId, kinds: ["payment", "account"] });
  expect(entries.map((one) => one.what).sort()).toEqual(["created", "deleted", "paid"]);
  const events = await db.select().from(webhookEvents).where(eq(webhookEvents.customerId, customerId));
  const processed = events.filter((one) => one.outcome === "processed");
  expect(processed.length).toBeGreaterThan(0);
  for (const { payload } of processed) expect(payload).toBe("");
});

test("dead letters about them can still be worked on: the ids are there", async () => {
  const { userId, email, invoice } = await known();
  await erase(userId, email);
  const dead = await world.event(`evt_dead_${userId}`);
  expect(dead.payload).toContain(invoice.id);
  const eventId = dead.eventId;
  expect(await world.as(admin).admin.replayEvent({ eventId })).toEqual({ outcome: "queued" });
  await processCustomer(world.deps, dead.customerId ?? "");
  expect((await world.event(eventId)).outcome).toBe("processed");
});

test("what Stripe sends about them afterwards leaves nothing behind either", async () => {
  const { userId, email, customerId, subscription } = await known();
  await erase(userId, email);
  const late = await world.deliver("customer.subscription.deleted", subscription.id);
  await processCustomer(world.deps, customerId);
  expect(await world.event(late)).toMatchObject({ outcome: "processed", payload: "" });
  const at = new Date(world.clock.wall());
  const ignored = { type: "customer.updated", outcome: "ignored" as const, payload: NAME, livemode: false };
  const times = { stripeCreatedAt: at, receivedAt: at, nextAttemptAt: at };
  await world.deps.db
    .insert(webhookEvents)
    .values({ eventId: `evt_late_${userId}`, customerId, ...ignored, ...times });
  await forgetPayloads(world.deps);
  expect(await world.event(`evt_late_${userId}`)).toMatchObject({ payload: "" });
});

test("of somebody who withdrew, only the statement that the law demands names them", async () => {
  const { userId, email, subscription } = await known();
  const at = new Date(world.clock.wall());
  await world.deps.db.insert(withdrawals).values({
    ...{ id: crypto.randomUUID(), userId, subscriptionId: subscription.id, name: NAME, email },
    ...{ receivedAt: at, completedAt: at, nextAttemptAt: at },
  });
  await erase(userId, email);
  await sendDueMails(world.deps);
  expect(await foundIn([email])).toEqual(["withdrawals.email"]);
});

test("a wrong address, or somebody who is not there, erases nobody", async () => {
  const { userId, email, subscription } = await known();
  await expect(erase(userId, "other@example.com")).rejects.toThrow(refusal("INVALID_INPUT"));
  await expect(erase("nobody", email)).rejects.toThrow(refusal("NOT_FOUND"));
  expect(subscription.status).toBe("active");
  const own = { userId, role: "user" as const, loginId: "l" };
  await expect(world.as(own).admin.eraseUser({ userId, email })).rejects.toThrow(refusal("FORBIDDEN"));
  world.stripe.faults.fail("cancelNow");
  await expect(erase(userId, email)).rejects.toThrow(refusal("STRIPE_UNAVAILABLE"));
  expect((await world.row(userId)).email).toBe(email);
  world.stripe.faults.recover();
  await erase(userId, email);
  await expect(erase(userId, email)).rejects.toThrow(refusal("NOT_FOUND"));
});
