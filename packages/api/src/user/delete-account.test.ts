import {
  authAccounts,
  authSessions,
  authVerifications,
  checkoutAttempts,
  checkoutReturnTokens,
  mails,
  stripeCustomers,
  subscriptions,
  users,
  xpEvents,
} from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor } from "../deps.ts";
import { writeMail } from "../mail/write-mail.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => world.stripe.faults.recover());
afterAll(() => world.close());

const PASSWORD = "correct horse battery";
const refusal = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });
const remove = (actor: Actor | null, password = PASSWORD) => world.as(actor).user.deleteAccount({ password });
const soon = () => new Date(world.clock.wall() + 3_600_000);

/** Somebody with a login, a password, and a month that is paid. */
async function member() {
  const { actor, customerId } = await world.buyer();
  const { userId } = actor;
  const id = `of-${userId}`;
  const { db } = world.deps;
  await db.insert(authAccounts).values({
    id,
    accountId: userId,
    providerId: "credential",
    userId,
    password: `hash of ${PASSWORD}`,
  });
  await db.insert(authSessions).values({ id, token: id, userId, expiresAt: soon() });
  await db
    .insert(authVerifications)
    .values({ id, identifier: `reset-password:${id}`, value: userId, expiresAt: soon() });
  await db
    .insert(checkoutReturnTokens)
    .values({ tokenHash: id, userId, sessionId: "cs_0", expiresAt: soon() });
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  await world.as(actor).subscription.refresh();
  return { actor, customerId, subscription };
}
const ownedBy = async ({ userId }: Actor) => ({
  logins: (await world.deps.db.select().from(authSessions).where(eq(authSessions.userId, userId))).length,
  passwords: (await world.deps.db.select().from(authAccounts).where(eq(authAccounts.userId, userId))).length,
  resets: (await world.deps.db.select().from(authVerifications).where(eq(authVerifications.value, userId)))
    .length,
  returns: (
    await world.deps.db.select().from(checkoutReturnTokens).where(eq(checkoutReturnTokens.userId, userId))
  ).length,
  customers: (await world.deps.db.select().from(stripeCustomers).where(eq(stripeCustomers.userId, userId)))
    .length,
  subscriptions: (await world.deps.db.select().from(subscriptions).where(eq(subscriptions.userId, userId)))
    .length,
  xp: (await world.deps.db.select().from(xpEvents).where(eq(xpEvents.userId, userId))).length,
});
const ALL = { logins: 1, passwords: 1, resets: 1, returns: 1, customers: 1, subscriptions: 1, xp: 1 };
const mailsOf = ({ userId }: Actor) => world.deps.db.select().from(mails).where(eq(mails.userId, userId));

test("cancels at Stripe, takes everything personal away, keeps the books, and ends every socket", async () => {
  const { actor, subscription } = await member();
  const heard: string[] = [];
  const stop = world.deps.bus.onLogins((userId) => void heard.push(userId));
  expect(await ownedBy(actor)).toEqual(ALL);
  expect(await remove(actor)).toEqual({ deleted: true });
  stop();
  expect(heard).toEqual([actor.userId]);
  expect(subscription.status).toBe("canceled");
  expect(await ownedBy(actor)).toEqual({ ...ALL, logins: 0, passwords: 0, resets: 0, returns: 0 });
  const row = await world.row(actor.userId);
  expect(row).toMatchObject({ image: null, role: "user", subscriptionStatus: "free", xp: 250 });
  expect(row.deletedAt).not.toBeNull();
  expect(JSON.stringify(row)).not.toContain("@example.com");
  const [last, ...others] = await mailsOf(actor);
  expect(others).toEqual([]);
  expect(last).toMatchObject({
    to: `${actor.userId}@example.com`,
    subject: expect.stringMatching(/deleted/),
  });
});

test("a deleted user is gone for every read and every call, and the address is free again", async () => {
  const { actor } = await member();
  await remove(actor);
  const { user, subscription } = world.as(actor);
  const answers = await Promise.allSettled([
    user.me(),
    subscription.status(),
    subscription.withdrawal(),
    subscription.createCheckout(),
    subscription.cancel(),
  ]);
  for (const answer of answers)
    expect(answer).toMatchObject({ status: "rejected", reason: refusal("UNAUTHENTICATED") });
  await expect(remove(actor)).rejects.toThrow(refusal("FORBIDDEN"));
  const admin = await world.user("admin");
  const grant = { userId: actor.userId, amount: 5, reason: "sorry", idempotencyKey: "k1" };
  await expect(world.as(admin).user.grantXp(grant)).rejects.toThrow(refusal("NOT_FOUND"));
  const email = `${actor.userId}@example.com`;
  await world.deps.db.insert(users).values({ id: "newcomer", name: "New", email });
});

test("a wrong password deletes nothing, and Stripe is not asked", async () => {
  const { actor, subscription } = await member();
  const asked = world.stripe.faults.calls.length;
  await expect(remove(actor, "guess")).rejects.toThrow(refusal("FORBIDDEN"));
  expect(world.stripe.faults.calls.length).toBe(asked);
  expect(await ownedBy(actor)).toEqual(ALL);
  expect(subscription.status).toBe("active");
  await expect(remove(null)).rejects.toThrow(refusal("UNAUTHENTICATED"));
});

test.each(["listOpenCheckoutSessions", "listSubscriptions", "cancelNow"] as const)(
  "stops with nothing changed when Stripe fails at %s",
  async (method) => {
    const { actor } = await member();
    const before = await world.row(actor.userId);
    world.stripe.faults.fail(method);
    await expect(remove(actor)).rejects.toThrow(refusal("STRIPE_UNAVAILABLE"));
    expect(await world.row(actor.userId)).toEqual(before);
    expect(await ownedBy(actor)).toEqual(ALL);
    expect(await remove(actor)).toEqual({ deleted: true });
  },
);

test("cancels whatever lives on every customer ever bound, and closes every open page", async () => {
  const { actor, subscription } = await member();
  const { id: second } = world.at.customer(actor.userId);
  await world.deps.db.insert(stripeCustomers).values({ customerId: second, userId: actor.userId });
  const other = world.at.subscribe(second, { status: "past_due" });
  const foreign = world.at.subscribe(second, {
    items: [{ price: "price_x", product: "prod_x", unitAmount: 1 }],
  });
  await remove(actor);
  for (const one of [subscription, other, foreign]) expect(one.status).toBe("canceled");
});

test("an open checkout can no longer be paid", async () => {
  const actor = (await member()).actor;
  await world.as(actor).subscription.cancel({ when: "now" });
  const { sessionId } = await world.as(actor).subscription.createCheckout({ trial: false });
  await remove(actor);
  expect(world.at.session(sessionId).status).toBe("expired");
  const attempts = await world.deps.db
    .select()
    .from(checkoutAttempts)
    .where(eq(checkoutAttempts.userId, actor.userId));
  expect(attempts.map((one) => one.state)).toEqual(["expired"]);
});

test("a page that was paid, and that nobody told us of yet, is cancelled, too", async () => {
  const { actor } = await member();
  await world.as(actor).subscription.cancel({ when: "now" });
  const { sessionId } = await world.as(actor).subscription.createCheckout({ trial: false });
  const { subscription } = world.at.pay(sessionId);
  expect(await remove(actor)).toEqual({ deleted: true });
  expect(subscription.status).toBe("canceled");
});

test("a checkout opened while the account is being deleted is closed, and none is opened after", async () => {
  const { actor } = await member();
  const held = world.stripe.faults.hold("cancelNow");
  const deleting = remove(actor);
  await held.reached;
  const opening = world.as(actor).subscription.createCheckout({ trial: false });
  await opening.catch(() => {});
  held.release();
  expect(await deleting).toEqual({ deleted: true });
  for (const session of world.at.sessions.values())
    if (session.userIds.includes(actor.userId)) expect(session.status).not.toBe("open");
});

test("what was bought and paid while the first subscription was being cancelled is cancelled, too", async () => {
  const { actor, customerId } = await member();
  const held = world.stripe.faults.hold("cancelNow");
  const deleting = remove(actor);
  await held.reached;
  await syncCustomer(world.deps, customerId);
  const { sessionId } = await world.as(actor).subscription.createCheckout({ trial: false });
  const { subscription } = world.at.pay(sessionId);
  await syncCustomer(world.deps, customerId);
  held.release();
  expect(await deleting).toEqual({ deleted: true });
  expect(subscription.status).toBe("canceled");
});

test("a subscription that Stripe does not know any more stands in nobody's way", async () => {
  const { actor, subscription } = await member();
  world.at.subscriptions.delete(subscription.id);
  const { cancelNow } = world.stripe;
  // The adapter takes "no such subscription" for over.
  world.stripe.cancelNow = async () => {};
  expect(await remove(actor)).toEqual({ deleted: true });
  world.stripe.cancelNow = cancelNow;
});

test("pressed twice it is deleted once", async () => {
  const { actor } = await member();
  const answers = await Promise.allSettled([remove(actor), remove(actor)]);
  expect(answers.some((one) => one.status === "fulfilled")).toBe(true);
  expect(await mailsOf(actor)).toHaveLength(1);
});

test("a receipt of a withdrawal that is still to be sent is sent, other mails are not", async () => {
  const { actor } = await member();
  const mail = { to: "a@example.com", subject: "s", text: "t", userId: actor.userId };
  await world.deps.db.transaction(async (tx) => {
    await writeMail(world.deps, tx, { ...mail, key: `trial_ending:${actor.userId}` });
    await writeMail(world.deps, tx, { ...mail, key: `withdrawal:${actor.userId}` });
  });
  await remove(actor);
  expect((await mailsOf(actor)).map((one) => one.key.split(":")[0]).sort()).toEqual([
    "account-deleted",
    "withdrawal",
  ]);
});

test("a later payment on the old customer lands on nobody else, and is alarmed", async () => {
  const { actor, customerId } = await member();
  const bystander = await world.user();
  await remove(actor);
  const before = await world.row(bystander.userId);
  world.at.subscribe(customerId);
  await syncCustomer(world.deps, customerId);
  expect(await world.row(bystander.userId)).toEqual(before);
  expect(world.alarms()).toContain("deleted_user_subscribed");
});
