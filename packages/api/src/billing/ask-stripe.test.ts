import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
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

  /**
   * Waits for a promise while `stepMs` at a time pass for timers; answers how many milliseconds have. Steps of 0 let pass
   * no time, but what the driver puts off to the next turn happens.
   */
  async function waitFor<T>(promise: Promise<T>, stepMs: number): Promise<{ ms: number; value: T }> {
    let settled: { value: T } | undefined;
    void promise.then((value) => {
      settled = { value };
    });
    for (let ms = 0; ; ms += stepMs) {
      await new Promise((resolve) => setImmediate(resolve));
      if (settled) return { ms, ...settled };
      await vi.advanceTimersByTimeAsync(stepMs);
    }
  }

  test("only the first read waits for 2 s; the next ones hardly do, ask all the same, and heal", async () => {
    const [first, second] = [await world.buyer(), await world.buyer()];
    // For the whole test: a timer of one kind is never fired by the other.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const read = ({ actor }: typeof first) => askForRead(world.deps, actor.userId);
    const held = world.stripe.faults.hold("listSubscriptions");
    expect(await waitFor(read(first), 50)).toEqual({ ms: 2_000, value: { stale: true } });
    await waitFor(held.reached, 0);
    const also = world.stripe.faults.hold("listSubscriptions");
    const next = await waitFor(read(second), 50);
    expect(next.value).toEqual({ stale: true });
    expect(next.ms).toBeLessThanOrEqual(150);
    await waitFor(also.reached, 0);
    also.release();
    held.release();
    expect((await waitFor(read(first), 0)).value).toEqual({ stale: false });
  });
});
