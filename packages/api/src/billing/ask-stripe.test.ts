import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { holdTimers } from "../../test/support/hold-timers.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { askForRead, mustAsk, type ReadState } from "./ask-stripe.ts";

const NOW = Date.UTC(2026, 10, 21);
const MINUTE = 60_000;

const fresh: ReadState = {
  hasCustomer: true,
  checkoutUnderWay: false,
  checkAt: null,
  observedAt: new Date(NOW - MINUTE),
};

test("a read does not ask Stripe about what it observed within 5 minutes", () => {
  expect(mustAsk(fresh, NOW)).toBe(false);
  expect(mustAsk({ ...fresh, observedAt: new Date(NOW - 5 * MINUTE) }, NOW)).toBe(false);
});

test("a read asks Stripe when the last observation is older than 5 minutes, or there was none", () => {
  expect(mustAsk({ ...fresh, observedAt: new Date(NOW - 5 * MINUTE - 1) }, NOW)).toBe(true);
  expect(mustAsk({ ...fresh, observedAt: null }, NOW)).toBe(true);
});

test("a read asks Stripe when a checkout is under way", () => {
  expect(mustAsk({ ...fresh, checkoutUnderWay: true }, NOW)).toBe(true);
});

test("a read asks Stripe as soon as a stored boundary has come, and not before", () => {
  expect(mustAsk({ ...fresh, checkAt: new Date(NOW + 1) }, NOW)).toBe(false);
  expect(mustAsk({ ...fresh, checkAt: new Date(NOW) }, NOW)).toBe(true);
});

test("nobody asks Stripe about who has no customer there", () => {
  const stranger = { ...fresh, hasCustomer: false, checkoutUnderWay: true, observedAt: null };
  expect(mustAsk({ ...stranger, checkAt: new Date(NOW - 1) }, NOW)).toBe(false);
});

describe("while Stripe is slow or away", () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  /** How long a read waits, in milliseconds that pass only when told. */
  async function waitOf(userId: string): Promise<{ ms: number; stale: boolean }> {
    let answer: { stale: boolean } | undefined;
    void askForRead(world.deps, userId).then((given) => {
      answer = given;
    });
    for (let ms = 0; ; ms += 50) {
      await new Promise((resolve) => setImmediate(resolve));
      if (answer) return { ms, ...answer };
      await vi.advanceTimersByTimeAsync(50);
    }
  }

  test("only the first read waits for 2 s; the next ones hardly do, ask all the same, and heal", async () => {
    const [first, second] = [await world.buyer(), await world.buyer()];
    holdTimers();
    onTestFinished(() => void vi.useRealTimers());
    const held = world.stripe.faults.hold("listSubscriptions");
    expect(await waitOf(first.actor.userId)).toEqual({ ms: 2_000, stale: true });
    await held.reached;
    const also = world.stripe.faults.hold("listSubscriptions");
    const next = await waitOf(second.actor.userId);
    expect(next.stale).toBe(true);
    expect(next.ms).toBeLessThanOrEqual(150);
    await also.reached;
    also.release();
    held.release();
    expect(await askForRead(world.deps, first.actor.userId)).toEqual({ stale: false });
  });
});
