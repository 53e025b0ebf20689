import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { StripeError } from "../stripe-port.ts";
import { isTransient, retryDelay } from "./fail-events.ts";
import { processCustomer } from "./process-events.ts";

const withCode = (code: string, cause?: unknown): Error =>
  Object.assign(new Error(`failed: ${code}`, { cause }), { code });

describe("an error passes by itself", () => {
  test("when Stripe or the network is away", () => {
    expect(isTransient(new StripeError("unavailable", "503", null))).toBe(true);
    for (const code of ["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT", "EAI_AGAIN", "CONNECT_TIMEOUT"])
      expect(isTransient(withCode(code)), code).toBe(true);
  });
  test("when the database is away, busy, full, stopping or chose another transaction", () => {
    for (const code of ["08006", "40001", "40P01", "53300", "55P03", "57014", "57P01", "58030", "25P04"])
      expect(isTransient(withCode(code)), code).toBe(true);
    expect(isTransient(withCode("CONNECTION_CLOSED"))).toBe(true);
  });
  test("also when it is only the cause of what is thrown", () => {
    expect(isTransient(new Error("Failed query", { cause: withCode("57P01") }))).toBe(true);
  });
});

describe("an error stays", () => {
  test("when Stripe said no, whatever lies behind it", () => {
    expect(isTransient(new StripeError("rejected", "400", withCode("ECONNRESET")))).toBe(false);
  });
  test("when it is a contradiction or a bug of ours", () => {
    for (const code of ["23505", "22003", "42703", "42P01"])
      expect(isTransient(withCode(code)), code).toBe(false);
    for (const error of [new TypeError("undefined"), new Error("x"), "text", null, { code: "ECONNRESET" }])
      expect(isTransient(error)).toBe(false);
  });
});

test("a retry waits longer each time, at most 30 s, with jitter only in the upper half", () => {
  fc.assert(
    fc.property(fc.nat({ max: 10_000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempts, dice) => {
      const wait = retryDelay(attempts, dice);
      const longest = retryDelay(attempts, 1);
      expect(wait).toBeLessThanOrEqual(30_000);
      expect(wait).toBeGreaterThanOrEqual(Math.floor(longest / 2));
      expect(retryDelay(attempts + 1, dice)).toBeGreaterThanOrEqual(wait);
    }),
  );
  expect(retryDelay(1, 1)).toBe(1000);
  expect(retryDelay(50, 1)).toBe(30_000);
});

describe("events that fail", () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const nextTry = async (eventId: string): Promise<number> =>
    (await world.event(eventId)).nextAttemptAt.getTime() - world.clock.wall();

  async function failOnce(customerId: string, eventId: string): Promise<void> {
    world.clock.advance(Math.max(0, await nextTry(eventId)));
    await processCustomer(world.deps, customerId);
  }

  test("for a reason that passes are tried for ever, and alarm after 5 minutes", async () => {
    const { customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    const eventId = await world.deliver("customer.subscription.created", subscription.id);
    for (let turn = 0; turn < 20; turn++) {
      world.stripe.faults.fail("listSubscriptions");
      await failOnce(customerId, eventId);
      expect(await nextTry(eventId)).toBeLessThanOrEqual(30_000);
    }
    expect(world.alarms()).toContain("event_stuck");
    expect(await world.event(eventId)).toMatchObject({ outcome: null, attempts: 20, leaseUntil: null });
    await failOnce(customerId, eventId);
    expect(await world.event(eventId)).toMatchObject({
      outcome: "processed",
      lastError: expect.stringContaining("unavailable"),
    });
  });

  test("keep their newest twenty errors, also when they succeed at last", async () => {
    const { customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    const eventId = await world.deliver("customer.subscription.created", subscription.id);
    world.stripe.faults.fail("listSubscriptions", "rejected");
    await failOnce(customerId, eventId);
    const first = new Date(world.clock.wall()).toISOString();
    expect((await world.event(eventId)).errors).toEqual([
      { at: first, error: expect.stringContaining("rejected") },
    ]);
    for (let turn = 0; turn < 20; turn++) {
      world.stripe.faults.fail("listSubscriptions");
      await failOnce(customerId, eventId);
    }
    const last = new Date(world.clock.wall()).toISOString();
    await failOnce(customerId, eventId);
    const { errors, outcome } = await world.event(eventId);
    expect(outcome).toBe("processed");
    expect(errors).toHaveLength(20);
    expect(errors.every(({ error }) => error.includes("unavailable"))).toBe(true);
    expect(errors.at(-1)?.at).toBe(last);
  });

  test("for good are dead letters after 8 attempts, and do not keep the customer's next event back", async () => {
    const { actor, customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    const first = await world.deliver("customer.subscription.created", subscription.id);
    for (let turn = 1; turn <= 8; turn++) {
      expect((await world.event(first)).outcome).toBeNull();
      world.stripe.faults.fail("listSubscriptions", "rejected");
      await failOnce(customerId, first);
    }
    expect(await world.event(first)).toMatchObject({
      outcome: "dead",
      attempts: 8,
      lastError: expect.stringContaining("rejected"),
    });
    expect(world.alarms()).toContain("dead_letter");
    const labels = { type: expect.any(String) };
    expect(world.counts).toContainEqual({ name: "liveassist_dead_letters_total", labels, by: 1 });
    const second = await world.deliver("customer.subscription.updated", subscription.id);
    await processCustomer(world.deps, customerId);
    expect((await world.event(second)).outcome).toBe("processed");
    expect((await world.row(actor.userId)).subscriptionStatus).toBe("paid");
  });

  test("for a reason that passes do not bring a dead letter nearer", async () => {
    const { customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    const eventId = await world.deliver("customer.subscription.created", subscription.id);
    for (let turn = 0; turn < 10; turn++) {
      world.stripe.faults.fail("listSubscriptions");
      await failOnce(customerId, eventId);
    }
    world.stripe.faults.fail("listSubscriptions", "rejected");
    await failOnce(customerId, eventId);
    expect(await world.event(eventId)).toMatchObject({ outcome: null, attempts: 11, permanentFailures: 1 });
  });

  test("and were dead come back whole when Stripe sends them again", async () => {
    const { customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    const eventId = await world.deliver("customer.subscription.created", subscription.id);
    for (let turn = 1; turn <= 8; turn++) {
      world.stripe.faults.fail("listSubscriptions", "rejected");
      await failOnce(customerId, eventId);
    }
    world.clock.advance(3_600_000);
    await world.deliver("customer.subscription.created", subscription.id, { id: eventId });
    expect(await world.event(eventId)).toMatchObject({
      outcome: null,
      permanentFailures: 0,
      firstFailedAt: null,
    });
    await processCustomer(world.deps, customerId);
    expect((await world.event(eventId)).outcome).toBe("processed");
  });
});
