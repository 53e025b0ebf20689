import { stripeCustomers, usage } from "@liveassist/db/schema";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { holdTimers } from "../../test/support/hold-timers.ts";
import { DAY, MINUTE, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor } from "../deps.ts";
import { createCaller } from "../root.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => {
  vi.useRealTimers();
  world.stripe.faults.recover();
});
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });
const calls = (actor: Actor | null) => world.as(actor).subscription;
const asked = () => world.stripe.faults.count("listSubscriptions");

async function payer() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  await syncCustomer(world.deps, customerId);
  return { actor, customerId, subscription };
}

describe("confirm", () => {
  test("answers paid without any webhook", async () => {
    const actor = await world.user();
    const { sessionId } = await calls(actor).createCheckout({ trial: false });
    world.at.pay(sessionId);
    expect(await calls(actor).confirm({ sessionId })).toMatchObject({
      subscription_status: "paid",
      stripe_status: "active",
      pending: false,
      stale: false,
    });
  });
  test("of someone else's session, or of none, is NOT_FOUND and changes nobody", async () => {
    const [owner, thief] = [await world.user(), await world.user()];
    const { sessionId } = await calls(owner).createCheckout();
    world.at.pay(sessionId);
    for (const foreign of [sessionId, "cs_none"])
      await expect(calls(thief).confirm({ sessionId: foreign })).rejects.toThrow(refusal("NOT_FOUND"));
    const bound = await world.deps.db.select().from(stripeCustomers);
    expect(bound.filter((row) => row.userId === thief.userId)).toEqual([]);
    expect((await world.row(owner.userId)).subscriptionStatus).toBe("free");
  });
  test("of a session made for the caller outside of our checkout binds its customer", async () => {
    const [actor, other] = [await world.user(), await world.user()];
    const { id: customerId } = world.at.customer(null);
    const { id: subscriptionId } = world.at.subscribe(customerId);
    const session = {
      url: null,
      customerId,
      subscriptionId,
      attemptId: null,
      expiresAt: null,
      trialDays: null,
    };
    const id = "cs_dashboard";
    world.at.sessions.set(id, { ...session, id, status: "complete", userIds: [actor.userId, other.userId] });
    await expect(calls(actor).confirm({ sessionId: id })).rejects.toThrow(refusal("NOT_FOUND"));
    world.at.sessions.set(id, { ...session, id, status: "complete", userIds: [actor.userId] });
    expect(await calls(actor).confirm({ sessionId: id })).toMatchObject({ subscription_status: "paid" });
    await expect(calls(other).confirm({ sessionId: id })).rejects.toThrow(refusal("NOT_FOUND"));
  });
  test("of a session whose customer is bound to someone else is NOT_FOUND, whomever it names", async () => {
    const { customerId } = await world.buyer();
    const thief = await world.user();
    const session = { url: null, customerId, subscriptionId: null, attemptId: null, expiresAt: null };
    world.at.sessions.set("cs_forged", {
      ...session,
      id: "cs_forged",
      status: "complete",
      userIds: [thief.userId],
      trialDays: null,
    });
    await expect(calls(thief).confirm({ sessionId: "cs_forged" })).rejects.toThrow(refusal("NOT_FOUND"));
  });
  test("while Stripe is away is 503", async () => {
    const actor = await world.user();
    const { sessionId } = await calls(actor).createCheckout();
    world.stripe.faults.goDown();
    await expect(calls(actor).confirm({ sessionId })).rejects.toThrow(refusal("STRIPE_UNAVAILABLE"));
  });
});

describe("status", () => {
  test("of a newcomer asks nobody, and says when the images come back", async () => {
    const actor = await world.user();
    const before = asked();
    expect(await calls(actor).status()).toEqual({
      subscription_status: "free",
      stripe_status: "none",
      trial_available: true,
      trial_ends_at: null,
      subscription_expiry: null,
      cancel_at: null,
      next_charge: null,
      usage: { images_used: 0, image_limit: 2, resets_at: expect.stringMatching(/T2[23]:00:00\.000Z$/) },
      pending: false,
      last_synced_at: null,
      stale: false,
    });
    expect(asked()).toBe(before);
  });
  test("of a payer names the next charge, and asks Stripe again only after 5 minutes", async () => {
    const { actor, subscription } = await payer();
    const before = asked();
    expect(await calls(actor).status()).toMatchObject({
      subscription_status: "paid",
      next_charge: { at: new Date(subscription.periodEnd ?? 0).toISOString(), amount_ore: 3900 },
      usage: { image_limit: null },
      last_synced_at: new Date(world.clock.now()).toISOString(),
    });
    world.clock.advance(5 * MINUTE);
    await calls(actor).status();
    expect(asked()).toBe(before);
    world.clock.advance(1);
    await calls(actor).status();
    expect(asked()).toBe(before + 1);
  });
  test("asks as soon as a stored boundary has passed, and shares one question among many reads", async () => {
    const { actor, customerId } = await world.buyer();
    const trial = world.at.subscribe(customerId, {}, 5);
    await syncCustomer(world.deps, customerId);
    world.clock.advance(5 * DAY - 1);
    await calls(actor).refresh();
    const before = asked();
    expect(await calls(actor).status()).toMatchObject({ subscription_status: "trial" });
    expect(asked()).toBe(before);
    world.clock.advance(1);
    world.at.end(trial);
    const held = world.stripe.faults.hold("listSubscriptions");
    const many = [calls(actor).status(), calls(actor).status(), world.as(actor).user.me()];
    await held.reached;
    held.release();
    for (const answer of await Promise.all(many)) expect(answer.subscription_status).toBe("free");
    expect(asked() - before).toBeLessThanOrEqual(2);
  });
  test("finds a payment while the checkout is open, though nobody else told us", async () => {
    const actor = await world.user();
    const { sessionId } = await calls(actor).createCheckout();
    world.at.pay(sessionId);
    expect(await calls(actor).status()).toMatchObject({
      subscription_status: "trial",
      trial_available: false,
    });
  });
  test("is pending while the page is paid and its subscription cannot be seen yet", async () => {
    const actor = await world.user();
    const { sessionId } = await calls(actor).createCheckout();
    world.at.session(sessionId).status = "complete";
    expect(await calls(actor).status()).toMatchObject({ subscription_status: "free", pending: true });
  });
  test("waits 2 s for Stripe, not longer, and says that it is stale; the sync goes on", async () => {
    const { actor, subscription } = await payer();
    world.clock.advance(6 * MINUTE);
    world.at.end(subscription);
    holdTimers();
    const held = world.stripe.faults.hold("listSubscriptions");
    let answered = false;
    const reading = calls(actor)
      .status()
      .finally(() => {
        answered = true;
      });
    await held.reached;
    await vi.advanceTimersByTimeAsync(1_999);
    expect(answered).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    vi.useRealTimers();
    expect(await reading).toMatchObject({ subscription_status: "paid", stale: true });
    held.release();
    await vi.waitFor(async () => expect((await world.row(actor.userId)).stripeStatus).toBe("canceled"));
    expect(await calls(actor).status()).toMatchObject({ subscription_status: "free", stale: false });
  });
  test("while Stripe is away is what is known, and stale", async () => {
    const { actor } = await payer();
    world.clock.advance(6 * MINUTE);
    world.stripe.faults.goDown();
    expect(await calls(actor).status()).toMatchObject({ subscription_status: "paid", stale: true });
  });
  test("counts today's living images only", async () => {
    const actor = await world.user();
    const today = new Date(world.clock.now() + 3_600_000).toISOString().slice(0, 10);
    const unit = { userId: actor.userId, day: today, expiresAt: new Date(world.clock.now() + DAY) };
    const rows = [
      { ...unit, state: "reserved" as const, counted: true },
      { ...unit, state: "committed" as const, counted: true },
      { ...unit, state: "released" as const, counted: true },
      { ...unit, state: "committed" as const, counted: false },
      { ...unit, day: "2020-01-01", state: "committed" as const, counted: true },
    ];
    await world.deps.db.insert(usage).values(rows.map((row) => ({ ...row, uploadId: crypto.randomUUID() })));
    expect((await calls(actor).status()).usage).toMatchObject({ images_used: 2, image_limit: 2 });
    expect((await world.as(actor).user.me()).image_counter).toBe(2);
  });
});

test("refresh asks Stripe at once, however fresh the rows are, and is 503 while it is away", async () => {
  const { actor, subscription } = await payer();
  world.at.end(subscription);
  expect(await calls(actor).refresh()).toMatchObject({
    subscription_status: "free",
    stripe_status: "canceled",
  });
  world.stripe.faults.goDown();
  await expect(calls(actor).refresh()).rejects.toThrow(refusal("STRIPE_UNAVAILABLE"));
});

describe("cancelling", () => {
  test("keeps access until the period's end, names it, and takes nothing more; repeating is harmless", async () => {
    const { actor, subscription } = await payer();
    const end = new Date(subscription.periodEnd ?? 0).toISOString();
    for (const _ of [1, 2])
      expect(await calls(actor).cancel()).toMatchObject({
        subscription_status: "paid",
        cancel_at: end,
        subscription_expiry: end,
        next_charge: null,
      });
    expect(world.stripe.faults.count("scheduleCancel")).toBe(1);
  });
  test("can be taken back, whichever of the two fields the cancel was written in", async () => {
    const { actor, subscription } = await payer();
    await calls(actor).cancel();
    expect(await calls(actor).resume()).toMatchObject({ cancel_at: null, subscription_status: "paid" });
    Object.assign(subscription, { cancelAt: subscription.periodEnd, cancelAtPeriodEnd: false });
    expect(await calls(actor).refresh()).toMatchObject({ cancel_at: expect.any(String) });
    expect(await calls(actor).resume()).toMatchObject({ cancel_at: null, next_charge: { amount_ore: 3900 } });
    const before = world.stripe.faults.count("clearScheduledCancel");
    await calls(actor).resume();
    expect(world.stripe.faults.count("clearScheduledCancel")).toBe(before);
  });
  test("now ends it at once; then there is nothing to cancel or resume", async () => {
    const { actor } = await payer();
    expect(await calls(actor).cancel({ when: "now" })).toMatchObject({
      subscription_status: "free",
      subscription_expiry: null,
    });
    await expect(calls(actor).cancel()).rejects.toThrow(refusal("NO_SUBSCRIPTION"));
    await expect(calls(actor).resume()).rejects.toThrow(refusal("NO_SUBSCRIPTION"));
  });
  test("in a trial costs nothing and leaves the trial to its end", async () => {
    const { actor, customerId } = await world.buyer();
    world.at.subscribe(customerId, {}, 5);
    expect(await calls(actor).cancel()).toMatchObject({ subscription_status: "trial", next_charge: null });
  });
  test("touches only one's own: who has none gets NO_SUBSCRIPTION", async () => {
    const { subscription } = await payer();
    await expect(calls(await world.user()).cancel()).rejects.toThrow(refusal("NO_SUBSCRIPTION"));
    expect(subscription.cancelAt).toBeNull();
  });
});

describe("the portal", () => {
  test("is for who bought, of their own customer", async () => {
    const { actor, customerId } = await payer();
    expect((await calls(actor).portal()).url).toContain(customerId);
    await expect(calls(await world.user()).portal()).rejects.toThrow(refusal("NO_SUBSCRIPTION"));
  });
  test("of a user with two customers opens the one that has the subscription", async () => {
    const { actor, customerId } = await payer();
    const { id: newer } = world.at.customer(actor.userId);
    const createdAt = new Date(Date.now() + DAY);
    await world.deps.db
      .insert(stripeCustomers)
      .values({ customerId: newer, userId: actor.userId, createdAt });
    expect((await calls(actor).portal()).url).toContain(`/${customerId}?`);
  });
});

test("nobody gets anything without a login", async () => {
  const nobody = calls(null);
  const all = [
    nobody.status(),
    nobody.offer(),
    nobody.confirm({ sessionId: "cs_1" }),
    nobody.refresh(),
    nobody.cancel(),
    nobody.resume(),
    nobody.portal(),
  ];
  for (const one of await Promise.allSettled(all))
    expect(one).toMatchObject({ status: "rejected", reason: refusal("UNAUTHENTICATED") });
});

test("who calls too often is told when to come back, and Stripe is not asked", async () => {
  const { actor } = await payer();
  const before = asked();
  const limited = { ...world.deps, rates: { take: async () => 7 } };
  await expect(createCaller(limited, actor).subscription.refresh()).rejects.toMatchObject({
    cause: { code: "RATE_LIMITED", retryAfterSeconds: 7 },
  });
  expect(asked()).toBe(before);
});
