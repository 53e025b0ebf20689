import { authSessions, outbox, xpEvents } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor } from "../deps.ts";

let world: TestWorld;
let admin: Actor;
beforeAll(async () => {
  world = await openWorld();
  admin = await world.user("admin");
});
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });
const grant = (userId: string, over = {}) => ({
  userId,
  amount: 50,
  reason: "thanks",
  idempotencyKey: `key-${userId}`,
  ...over,
});

describe("me", () => {
  test("is for who is signed in", async () => {
    await expect(world.as(null).user.me()).rejects.toThrow(refusal("UNAUTHENTICATED"));
  });
  test("of a newcomer is free, with two images a day and version 0", async () => {
    const actor = await world.user();
    expect(await world.as(actor).user.me()).toEqual({
      id: actor.userId,
      email: `${actor.userId}@example.com`,
      name: expect.any(String),
      role: "user",
      subscription_status: "free",
      subscription_expiry: null,
      stripe_status: "none",
      trial_ends_at: null,
      cancel_at: null,
      image_counter: 0,
      image_limit: 2,
      xp: 0,
      entitlements: {
        premium_badge: false,
        video_upload: false,
        unlimited_images: false,
        message_max_length: 500,
      },
      version: 0,
    });
  });
  test("of a payer is paid, unlimited, with the version of what was told last", async () => {
    const { actor, customerId } = await world.buyer();
    world.at.invoice(world.at.subscribe(customerId));
    await syncCustomer(world.deps, customerId);
    const me = await world.as(actor).user.me();
    expect(me).toMatchObject({ subscription_status: "paid", image_limit: null, xp: 250 });
    expect(me.version).toBe((await world.row(actor.userId)).version);
    expect(me.version).toBeGreaterThan(0);
  });
  test("falls back by itself when the trial's end and its grace have passed and Stripe is away", async () => {
    const { actor, customerId } = await world.buyer();
    world.at.subscribe(customerId, {}, 5);
    await syncCustomer(world.deps, customerId);
    world.stripe.faults.goDown();
    world.clock.advance(5 * DAY);
    expect((await world.as(actor).user.me()).subscription_status).toBe("trial");
    world.clock.advance(60 * 60_000);
    expect(await world.as(actor).user.me()).toMatchObject({
      subscription_status: "free",
      subscription_expiry: null,
      image_limit: 2,
    });
    world.stripe.faults.recover();
  });
});

describe("granting XP", () => {
  test("is for administrators only", async () => {
    const actor = await world.user();
    await expect(world.as(actor).user.grantXp(grant(actor.userId))).rejects.toThrow(refusal("FORBIDDEN"));
    await expect(world.as(null).user.grantXp(grant(actor.userId))).rejects.toThrow(
      refusal("UNAUTHENTICATED"),
    );
    expect((await world.row(actor.userId)).xp).toBe(0);
  });
  test("happens once per key, also under a race, and is told once", async () => {
    const { userId } = await world.user();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => world.as(admin).user.grantXp(grant(userId))),
    );
    expect(new Set(answers.map((one) => one.xp))).toEqual(new Set([50]));
    expect(await world.row(userId)).toMatchObject({ xp: 50 });
    const told = await world.deps.db.select().from(outbox).where(eq(outbox.userId, userId));
    expect(told).toMatchObject([{ id: (await world.row(userId)).version, payload: { xp: 50 } }]);
    expect(told[0]?.payload).not.toHaveProperty("xp_awarded");
  });
  test("under a used key with another content is a conflict, whatever differs", async () => {
    const [one, two] = [await world.user(), await world.user()];
    await world.as(admin).user.grantXp(grant(one.userId, { idempotencyKey: "shared" }));
    for (const other of [
      grant(one.userId, { idempotencyKey: "shared", amount: 51 }),
      grant(one.userId, { idempotencyKey: "shared", reason: "other" }),
      grant(two.userId, { idempotencyKey: "shared" }),
    ])
      await expect(world.as(admin).user.grantXp(other)).rejects.toThrow(refusal("IDEMPOTENCY_CONFLICT"));
    expect([(await world.row(one.userId)).xp, (await world.row(two.userId)).xp]).toEqual([50, 0]);
  });
  test("refuses the reason of the first payment, however it is spaced, and never blocks that payment's grant", async () => {
    const { actor, customerId } = await world.buyer();
    const { userId } = actor;
    for (const reason of ["first_premium", " first_premium "])
      await expect(world.as(admin).user.grantXp(grant(userId, { reason }))).rejects.toThrow(
        refusal("INVALID_INPUT"),
      );
    const sneaky = grant(userId, { idempotencyKey: `first_premium:${userId}` });
    await expect(world.as(admin).user.grantXp(sneaky)).rejects.toThrow(refusal("INVALID_INPUT"));
    world.at.invoice(world.at.subscribe(customerId));
    await syncCustomer(world.deps, customerId);
    expect((await world.row(userId)).xp).toBe(250);
  });
  test("to nobody is NOT_FOUND, and of a wrong amount INVALID_INPUT", async () => {
    await expect(world.as(admin).user.grantXp(grant("user_none"))).rejects.toThrow(refusal("NOT_FOUND"));
    for (const amount of [1.5, 100_001, Number.NaN])
      await expect(world.as(admin).user.grantXp(grant("user_none", { amount }))).rejects.toThrow(
        refusal("INVALID_INPUT"),
      );
  });
  test("and a first payment at the same time add up", async () => {
    const { actor, customerId } = await world.buyer();
    world.at.invoice(world.at.subscribe(customerId));
    await Promise.all([
      syncCustomer(world.deps, customerId),
      world.as(admin).user.grantXp(grant(actor.userId)),
    ]);
    expect((await world.row(actor.userId)).xp).toBe(300);
    const rows = await world.deps.db.select().from(xpEvents).where(eq(xpEvents.userId, actor.userId));
    expect(rows.map((row) => row.amount).toSorted()).toEqual([250, 50]);
  });
});

describe("logins", () => {
  const login = (actor: Actor, id: string, left = DAY) =>
    world.deps.db.insert(authSessions).values({
      id,
      token: `secret-${id}`,
      userId: actor.userId,
      expiresAt: new Date(world.clock.wall() + left),
      userAgent: "Firefox",
    });
  test("are one's own living ones, the current one marked, without their tokens", async () => {
    const [actor, other] = [await world.user(), await world.user()];
    await login(actor, actor.loginId);
    await login(actor, `${actor.loginId}-phone`);
    await login(actor, `${actor.loginId}-over`, 0);
    await login(other, other.loginId);
    const found = await world.as(actor).user.listLogins();
    expect(new Map(found.map((one) => [one.id, one.current]))).toEqual(
      new Map([
        [actor.loginId, true],
        [`${actor.loginId}-phone`, false],
      ]),
    );
    expect(JSON.stringify(found)).not.toContain("secret-");
  });
  test("can be ended by their owner only, and every server is told", async () => {
    const [actor, other] = [await world.user(), await world.user()];
    await login(actor, actor.loginId);
    const told: string[] = [];
    const stop = world.deps.bus.onLogins((userId) => void told.push(userId));
    const revoke = (who: Actor) => world.as(who).user.revokeLogin({ id: actor.loginId });
    await expect(revoke(other)).rejects.toThrow(refusal("NOT_FOUND"));
    expect(await world.as(actor).user.listLogins()).toHaveLength(1);
    expect(told).toEqual([]);
    expect(await revoke(actor)).toEqual({ revoked: true });
    expect(told).toEqual([actor.userId]);
    await expect(revoke(actor)).rejects.toThrow(refusal("NOT_FOUND"));
    stop();
  });
});
