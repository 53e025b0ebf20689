import { expect, test } from "vitest";
import { jobLagMs, judgeJob, type SeenJob } from "./job-health.ts";

const NOW = 1_000_000;
const seen = (over: Partial<SeenJob>): SeenJob => ({
  everyMs: 1_000,
  startedAt: NOW - 500_000,
  runningSince: null,
  lastSuccessAt: NOW - 400,
  lastFailureAt: null,
  ...over,
});

test.each([
  ["has just had its turn", {}, 0],
  ["is in time", { lastSuccessAt: NOW - 1_000 }, 0],
  ["is late", { lastSuccessAt: NOW - 61_000 }, 60_000],
  ["comes rarely and is not due", { everyMs: 3_600_000, lastSuccessAt: NOW - 400_000 }, 0],
  ["never succeeded", { lastSuccessAt: null }, 499_000],
  ["has just begun", { lastSuccessAt: null, startedAt: NOW }, 0],
] as const)("a job that %s is so far behind", (_what, over, lag) => {
  expect(jobLagMs(seen(over), NOW)).toBe(lag);
});

test.each([
  ["rests after a success", {}, "ok"],
  ["works since a moment ago", { runningSince: NOW - 60_000 }, "ok"],
  ["works for over a minute", { runningSince: NOW - 60_001 }, "hung"],
  ["failed since it last succeeded", { lastFailureAt: NOW - 100 }, "failing"],
  ["failed, and succeeded since", { lastFailureAt: NOW - 4_000 }, "ok"],
  ["only ever failed", { lastSuccessAt: null, lastFailureAt: NOW - 4_000 }, "failing"],
  ["hangs after it failed", { lastFailureAt: NOW - 100, runningSince: NOW - 90_000 }, "hung"],
] as const)("a job that %s is called so", (_what, over, health) => {
  expect(judgeJob(seen(over), NOW)).toBe(health);
});
