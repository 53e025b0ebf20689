import { checkoutAttempts, checkoutReturnTokens, stripeCustomers } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { expireObsoleteCheckouts } from "../billing/expire-obsolete-checkouts.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor, Coalesce } from "../deps.ts";
import { createCheckout } from "./create-checkout.ts";
import { RETURN_COOKIE, redeemReturnToken } from "./return-token.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const buy = (actor: Actor, trial?: boolean) =>
  world.as(actor).subscription.createCheckout(trial === undefined ? undefined : { trial });
const attempts = ({ userId }: Actor) =>
  world.deps.db
    .select()
    .from(checkoutAttempts)
    .where(eq(checkoutAttempts.userId, userId))
    .orderBy(checkoutAttempts.createdAt);
const refusal = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });

async function customerOf({ userId }: Actor): Promise<string> {
  const [bound] = await world.deps.db
    .select()
    .from(stripeCustomers)
    .where(eq(stripeCustomers.userId, userId));
  if (!bound) throw new Error("no customer");
  return bound.customerId;
}
const openSessions = async (actor: Actor) => world.stripe.openSessions(await customerOf(actor));

describe("a checkout", () => {
  test("says what it is: the page, the trial, the first charge and its amount", async () => {
    const actor = await world.user();
    expect(await buy(actor)).toEqual({
      url: expect.stringContaining("https://checkout.example/"),
      sessionId: expect.stringMatching(/^cs_/),
      trial: true,
      firstChargeAt: new Date(world.clock.now() + 5 * DAY).toISOString(),
      firstChargeOre: 3900,
    });
    expect((await openSessions(actor))[0]?.trialDays).toBe(5);
  });
  test("without the trial charges at once", async () => {
    const actor = await world.user();
    const answer = await buy(actor, false);
    expect(answer).toMatchObject({
      trial: false,
      firstChargeAt: new Date(world.clock.now()).toISOString(),
    });
    expect((await openSessions(actor))[0]?.trialDays).toBeNull();
  });
  test("needs a login", async () => {
    await expect(world.as(null).subscription.createCheckout()).rejects.toThrow(refusal("UNAUTHENTICATED"));
  });
  test("names user and attempt in its session, and the customer is bound before it", async () => {
    const actor = await world.user();
    const { sessionId } = await buy(actor);
    const [attempt] = await attempts(actor);
    expect(world.at.session(sessionId)).toMatchObject({
      userIds: [actor.userId],
      attemptId: attempt?.id,
      customerId: await customerOf(actor),
    });
    expect(attempt).toMatchObject({ state: "open", sessionId, priceId: "price_ours" });
  });
  test("gives a browser a one-time cookie for exactly this session, stored only as a hash", async () => {
    const actor = await world.user();
    const set: [string, string, { path: string; maxAgeSeconds: number }][] = [];
    const cookies = { set: (...one: (typeof set)[number]) => void set.push(one) };
    const { sessionId } = await createCheckout(world.deps, actor, { cookies });
    const [cookie] = set;
    expect(cookie).toEqual([
      RETURN_COOKIE,
      expect.any(String),
      { path: "/api/checkout/return", maxAgeSeconds: 86_400 },
    ]);
    const token = cookie?.[1] ?? "";
    const stored = await world.deps.db.select().from(checkoutReturnTokens);
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(await redeemReturnToken(world.deps, token, "cs_other")).toBeNull();
    const races = await Promise.all([1, 2, 3].map(() => redeemReturnToken(world.deps, token, sessionId)));
    expect(races.filter((userId) => userId === actor.userId)).toHaveLength(1);
  });
});

test("a return cookie is worth nothing once its session has expired", async () => {
  const actor = await world.user();
  const tokens: string[] = [];
  const cookies = { set: (_name: string, value: string) => void tokens.push(value) };
  const { sessionId } = await createCheckout(world.deps, actor, { cookies });
  world.clock.advance(DAY);
  expect(await redeemReturnToken(world.deps, tokens[0] ?? "", sessionId)).toBeNull();
});

describe("one open checkout", () => {
  test("is all that a double click makes", async () => {
    const actor = await world.user();
    await buy(actor);
    const answers = await Promise.all([buy(actor), buy(actor)]);
    expect(new Set(answers.map((one) => one.sessionId)).size).toBe(1);
    expect(await openSessions(actor)).toHaveLength(1);
  });
  test("is all that a double click of a newcomer makes, while Stripe is still making it", async () => {
    const actor = await world.user();
    const held = world.stripe.faults.hold("createCheckoutSession");
    const first = buy(actor);
    await held.reached;
    const joined = Promise.withResolvers<void>();
    const coalesce: Coalesce = (key, work) => {
      if (key.startsWith("checkout:")) joined.resolve();
      return world.deps.coalesce(key, work);
    };
    const second = createCheckout({ ...world.deps, coalesce }, actor, { cookies: null });
    await joined.promise;
    held.release();
    const [one, two] = await Promise.all([first, second]);
    expect(one.sessionId).toBe(two.sessionId);
    expect(await openSessions(actor)).toHaveLength(1);
    expect([...world.at.customers.values()].filter(({ userId }) => userId === actor.userId)).toHaveLength(1);
  });
  test("asks Stripe for one customer only, also when the second click comes while it is still being made", async () => {
    const actor = await world.user();
    const before = world.stripe.faults.count("createCustomer");
    const held = world.stripe.faults.hold("createCustomer");
    const first = buy(actor);
    await held.reached;
    const joined = Promise.withResolvers<void>();
    const coalesce: Coalesce = (key, work) => {
      if (key.startsWith("customer:")) joined.resolve();
      return world.deps.coalesce(key, work);
    };
    const second = createCheckout({ ...world.deps, coalesce }, actor, { cookies: null });
    await joined.promise;
    held.release();
    const [one, two] = await Promise.all([first, second]);
    expect(one.sessionId).toBe(two.sessionId);
    expect(world.stripe.faults.count("createCustomer") - before).toBe(1);
  });
  test("is reused for the same offer, and expired first when the trial flag changed", async () => {
    const actor = await world.user();
    const withTrial = await buy(actor, true);
    expect(await buy(actor)).toMatchObject({ sessionId: withTrial.sessionId });
    const paid = await buy(actor, false);
    expect(paid.sessionId).not.toBe(withTrial.sessionId);
    expect(world.at.session(withTrial.sessionId).status).toBe("expired");
    expect((await openSessions(actor)).map((one) => one.id)).toEqual([paid.sessionId]);
    expect((await attempts(actor)).map((one) => one.state).toSorted()).toEqual(["expired", "open"]);
  });
  test("for another price is expired first", async () => {
    const actor = await world.user();
    const old = await buy(actor);
    await world.deps.db
      .update(checkoutAttempts)
      .set({ priceId: "price_old" })
      .where(eq(checkoutAttempts.sessionId, old.sessionId));
    expect((await buy(actor)).sessionId).not.toBe(old.sessionId);
    expect(world.at.session(old.sessionId).status).toBe("expired");
  });
  test("that ran out at Stripe is replaced", async () => {
    const actor = await world.user();
    const old = await buy(actor);
    Object.assign(world.at.session(old.sessionId), { status: "expired", url: null });
    const next = await buy(actor);
    expect(next.sessionId).not.toBe(old.sessionId);
    expect(next.url).toContain(next.sessionId);
  });
  test("survives a crash between the row and Stripe: the next click finishes it under the same key", async () => {
    const actor = await world.user();
    await buy(actor);
    const customerId = await customerOf(actor);
    world.at.sessions.clear();
    await world.deps.db.delete(checkoutAttempts).where(eq(checkoutAttempts.userId, actor.userId));
    const id = crypto.randomUUID();
    const row = { id, userId: actor.userId, customerId, trial: true, priceId: "price_ours" };
    await world.deps.db.insert(checkoutAttempts).values(row);
    const { sessionId } = await buy(actor);
    expect(await attempts(actor)).toMatchObject([{ id, sessionId, state: "open" }]);
  });
  test("is left after a failure and another try, also when Stripe had made one whose address got lost", async () => {
    const actor = await world.user();
    world.stripe.faults.fail("createCheckoutSession", "unavailable", { afterwards: true });
    await expect(buy(actor)).rejects.toThrow(refusal("STRIPE_UNAVAILABLE"));
    const [stray] = await openSessions(actor);
    const { sessionId } = await buy(actor);
    expect(stray?.id).not.toBe(sessionId);
    expect((await openSessions(actor)).map((one) => one.id)).toEqual([sessionId]);
  });
});

test("Stripe being away at any of the steps is 503, and the next try works", async () => {
  const steps = ["createCustomer", "listSubscriptions", "listOpenCheckoutSessions"] as const;
  for (const step of steps) {
    const actor = await world.user();
    world.stripe.faults.fail(step);
    await expect(buy(actor), step).rejects.toThrow(refusal("STRIPE_UNAVAILABLE"));
    expect((await buy(actor)).url, step).toContain("checkout.example");
    expect(await openSessions(actor), step).toHaveLength(1);
  }
});

describe("a second purchase is refused", () => {
  test.each([
    ["trialing", "ALREADY_SUBSCRIBED"],
    ["active", "ALREADY_SUBSCRIBED"],
    ["past_due", "PAYMENT_NEEDS_ATTENTION"],
    ["unpaid", "PAYMENT_NEEDS_ATTENTION"],
    ["paused", "PAYMENT_NEEDS_ATTENTION"],
    ["incomplete", "PAYMENT_NEEDS_ATTENTION"],
    ["hibernating", "PAYMENT_NEEDS_ATTENTION"],
  ])("while a subscription is %s, by %s, also when our rows do not know it yet", async (status, code) => {
    const { actor, customerId } = await world.buyer();
    world.at.subscribe(customerId, { status, trialEnd: world.clock.now() + DAY });
    await expect(buy(actor, false)).rejects.toThrow(refusal(code));
    expect(await attempts(actor)).toEqual([]);
  });
  test.each(["canceled", "incomplete_expired"])("but not after one that is %s", async (status) => {
    const { actor, customerId } = await world.buyer();
    world.at.subscribe(customerId, { status });
    expect(await buy(actor, false)).toMatchObject({ trial: false });
  });
  test("when the open one has been paid in another tab meanwhile", async () => {
    const actor = await world.user();
    const { sessionId } = await buy(actor);
    world.at.pay(sessionId);
    await expect(buy(actor)).rejects.toThrow(refusal("ALREADY_SUBSCRIBED"));
    expect(await world.row(actor.userId)).toMatchObject({ subscriptionStatus: "trial" });
  });
  test("when it is paid at the very moment another offer would replace it", async () => {
    const actor = await world.user();
    const { sessionId } = await buy(actor, true);
    const held = world.stripe.faults.hold("retrieveCheckoutSession");
    const replacing = buy(actor, false);
    await held.reached;
    held.release();
    world.at.pay(sessionId);
    await expect(replacing).rejects.toThrow(refusal("ALREADY_SUBSCRIBED"));
    expect(await openSessions(actor)).toEqual([]);
  });
});

describe("the trial", () => {
  test("is still there after a checkout that was only opened", async () => {
    const actor = await world.user();
    await buy(actor, true);
    expect((await world.as(actor).subscription.status()).trial_available).toBe(true);
  });
  test("is used once Stripe has shown it: asked for, it is refused; not asked for, it is left out", async () => {
    const { actor, customerId } = await world.buyer();
    const trial = world.at.subscribe(customerId, {}, 5);
    await syncCustomer(world.deps, customerId);
    world.at.end(trial);
    await expect(buy(actor, true)).rejects.toThrow(refusal("TRIAL_USED"));
    expect(await buy(actor)).toMatchObject({ trial: false });
    expect((await world.as(actor).subscription.offer()).trial_available).toBe(false);
  });
});

test("a page that must not be paid any more is closed as soon as a live subscription is seen", async () => {
  const actor = await world.user();
  const { sessionId } = await buy(actor);
  const customerId = await customerOf(actor);
  world.at.subscribe(customerId);
  await syncCustomer(world.deps, customerId);
  expect(world.at.session(sessionId).status).toBe("expired");
  expect((await attempts(actor)).map((one) => one.state)).toEqual(["expired"]);
});

test("one that is paid while it is being closed is asked about until its subscription is seen", async () => {
  const actor = await world.user();
  const { sessionId } = await buy(actor, true);
  const customerId = await customerOf(actor);
  await world.database.sql`update users set trial_used_at = created_at where id = ${actor.userId}`;
  world.at.pay(sessionId);
  await expireObsoleteCheckouts(world.deps, actor.userId);
  expect((await attempts(actor)).map((one) => one.state)).toEqual(["paid"]);
  await syncCustomer(world.deps, customerId);
  expect((await attempts(actor)).map((one) => one.state)).toEqual(["settled"]);
});

test("a deleted customer is followed by a new one, even if nobody told us that it was deleted", async () => {
  const { actor, customerId } = await world.buyer();
  world.at.deleteCustomer(customerId);
  const { sessionId } = await buy(actor);
  expect(world.at.session(sessionId).customerId).not.toBe(customerId);
});

test("a refusal is an error of ours with its message, and no bug in the log", async () => {
  const { actor, customerId } = await world.buyer();
  world.at.subscribe(customerId);
  const error = await buy(actor).catch((thrown: Error) => thrown.cause);
  expect(error).toBeInstanceOf(AppError);
  expect(world.logs.filter((line) => line.message === "a procedure failed")).toEqual([]);
});

test("gives no page for what was bought while it was being made", async () => {
  const actor = await world.user();
  await buy(actor);
  const customerId = await customerOf(actor);
  for (const session of await openSessions(actor)) await world.stripe.expireCheckoutSession(session.id);
  const held = world.stripe.faults.hold("createCheckoutSession");
  const second = buy(actor).catch((error: unknown) => error);
  await held.reached;
  world.at.subscribe(customerId, { userId: actor.userId }, 5);
  await syncCustomer(world.deps, customerId);
  held.release();
  expect(await second).toEqual(refusal("ALREADY_SUBSCRIBED"));
  expect(await openSessions(actor)).toEqual([]);
});
