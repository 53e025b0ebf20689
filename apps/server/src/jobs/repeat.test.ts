import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openWorld, type TestWorld } from "../../../../packages/api/test/support/test-deps.ts";
import { createVitals, type Vitals } from "../vitals.ts";
import { type Job, repeat } from "./repeat.ts";

let world: TestWorld;
let vitals: Vitals;
let job: Job | null;
beforeEach(async () => {
  world = await openWorld();
  vitals = createVitals();
  job = null;
});
afterEach(async () => {
  await job?.stop();
  await world.close();
});

const start = (turn: (signal: AbortSignal) => Promise<unknown>): Job => {
  job = repeat(world.deps, vitals, { job: "work", everyMs: 5, turn: (_step, signal) => turn(signal) });
  return job;
};
const seen = () => vitals.jobs.get("work")?.read();

test("turns come again and again, never two at once", async () => {
  let at = 0;
  let most = 0;
  let turns = 0;
  start(async () => {
    at += 1;
    most = Math.max(most, at);
    await Promise.resolve();
    at -= 1;
    turns += 1;
  });
  await vi.waitFor(() => expect(turns).toBeGreaterThan(5));
  expect(most).toBe(1);
});

test("one that fails is counted and logged, and comes again", async () => {
  let turns = 0;
  start(async () => {
    turns += 1;
    if (turns < 3) throw new Error("not yet");
  });
  await vi.waitFor(() => expect(turns).toBeGreaterThan(3));
  expect(world.counts.filter(({ name, by }) => name === "liveassist_job_failures_total" && by > 0)).toEqual([
    { name: "liveassist_job_failures_total", labels: { name: "work" }, by: 1 },
    { name: "liveassist_job_failures_total", labels: { name: "work" }, by: 1 },
  ]);
  expect(world.logs.filter(({ message }) => message.startsWith("a job failed"))).toHaveLength(2);
  expect(seen()).toMatchObject({ lastFailureAt: world.clock.wall(), lastError: null });
});

test("one that hangs begins anew after a restart, and what still comes of the old turn is nobody's failure", async () => {
  const old = Promise.withResolvers<void>();
  const signals: AbortSignal[] = [];
  start((signal) => {
    signals.push(signal);
    return signals.length === 1 ? old.promise : Promise.resolve();
  });
  await vi.waitFor(() => expect(signals).toHaveLength(1));
  expect(seen()?.runningSince).not.toBeNull();
  vitals.jobs.get("work")?.restart();
  await vi.waitFor(() => expect(signals.length).toBeGreaterThan(3));
  expect(signals[0]?.aborted).toBe(true);
  old.reject(new Error("at last"));
  const turns = signals.length;
  await vi.waitFor(() => expect(signals.length).toBeGreaterThan(turns + 3));
  expect(world.counts.filter(({ by }) => by > 0)).toEqual([]);
  expect(seen()).toMatchObject({ lastFailureAt: null, lastError: null });
});

test("a restart of one that rests makes no second rhythm", async () => {
  let at = 0;
  let most = 0;
  let turns = 0;
  start(async () => {
    at += 1;
    most = Math.max(most, at);
    await new Promise((resolve) => setImmediate(resolve));
    at -= 1;
    turns += 1;
  });
  await vi.waitFor(() => expect(turns).toBeGreaterThan(1));
  for (let times = 0; times < 5; times++) vitals.jobs.get("work")?.restart();
  await vi.waitFor(() => expect(at).toBe(0), { interval: 1 });
  most = 0;
  const after = turns;
  await vi.waitFor(() => expect(turns).toBeGreaterThan(after + 5));
  expect(most).toBe(1);
});

test("after a stop no turn begins, and the one under way has ended", async () => {
  const gate = Promise.withResolvers<void>();
  let turns = 0;
  const started = start(async (signal) => {
    turns += 1;
    signal.addEventListener("abort", () => gate.resolve());
    await gate.promise;
  });
  await vi.waitFor(() => expect(turns).toBe(1));
  await started.stop();
  expect(seen()).toBeUndefined();
  expect(turns).toBe(1);
});
