import { beforeEach, expect, test } from "vitest";
import { TestClock } from "../test/support/test-deps.ts";
import { createPulse, type Pulse } from "./pulse.ts";

let clock: TestClock;
let pulse: Pulse;
let start: number;
beforeEach(() => {
  clock = new TestClock();
  pulse = createPulse(clock);
  start = clock.wall();
});

test("a turn is known while it runs, and as a success afterwards", async () => {
  const gate = Promise.withResolvers<string>();
  clock.advance(10);
  const turn = pulse.turn(() => gate.promise);
  clock.advance(10);
  expect(pulse.read()).toMatchObject({ startedAt: start, runningSince: start + 10, lastSuccessAt: null });
  gate.resolve("done");
  expect(await turn).toBe("done");
  expect(pulse.read()).toMatchObject({ runningSince: null, lastSuccessAt: start + 20, lastError: null });
});

test("a failure is kept with its innermost reason and without anybody's address, until a turn succeeds", async () => {
  const reason = new Error("550 no mailbox anna@example.se");
  const failing = pulse.turn(() => Promise.reject(new Error("Failed query", { cause: reason })));
  await expect(failing).rejects.toThrow("Failed query");
  expect(pulse.read()).toMatchObject({
    runningSince: null,
    lastFailureAt: start,
    lastError: "550 no mailbox [masked]",
  });
  await pulse.turn(async () => {});
  expect(pulse.read()).toMatchObject({ lastFailureAt: start, lastSuccessAt: start, lastError: null });
});

test("each step of a long turn is as good as a success", async () => {
  await pulse.turn(async (step) => {
    clock.advance(1_000);
    step();
    expect(pulse.read()).toMatchObject({ runningSince: start + 1_000, lastSuccessAt: start + 1_000 });
  });
});

test.each(["succeeds", "fails", "gets on"])("what was left and still %s changes nothing", async (how) => {
  const gate = Promise.withResolvers<void>();
  const left = pulse.turn(async (step) => {
    await gate.promise;
    if (how === "gets on") step();
    if (how === "fails") throw new Error("too late");
  });
  pulse.leave();
  expect(pulse.read()).toMatchObject({ runningSince: null });
  clock.advance(5);
  const next = Promise.withResolvers<void>();
  const turn = pulse.turn(() => next.promise);
  clock.advance(5);
  gate.resolve();
  await left.catch(() => {});
  expect(pulse.read()).toMatchObject({
    runningSince: start + 5,
    lastSuccessAt: null,
    lastFailureAt: null,
    lastError: null,
  });
  next.resolve();
  await turn;
  expect(pulse.read()).toMatchObject({ runningSince: null, lastSuccessAt: start + 10 });
});
