import { afterAll, beforeAll, expect, test } from "vitest";
import { chanceOf } from "./chance.ts";
import { describeReport } from "./crash-report.ts";
import { type CrashRun, openCrashRun } from "./crash-run.ts";
import { recordWell } from "./listed-effects.ts";
import { planRun } from "./plan-run.ts";

const SEED = 3;
let run: CrashRun;

beforeAll(async () => {
  run = await openCrashRun(SEED);
});

afterAll(() => run.close());

test("killed at every effect once, the server and Postgres, no state is ever wrong", {
  timeout: 1_200_000,
}, async () => {
  const { met, problems } = await recordWell(run);
  expect(problems).toEqual([]);
  const rounds = planRun(met, { rounds: 0, postgres: 24 }, chanceOf(SEED));
  const begun = performance.now();
  await run.run(rounds, 4);
  process.stdout.write(`${describeReport(run.report, (performance.now() - begun) / 1000)}\n`);
  expect(run.report.failures).toEqual([]);
  // Whether two events share a sync is the machine's whim: a point met while recording may not come again. Few may.
  expect(run.report.missed.length, run.report.missed.join("\n")).toBeLessThan(run.report.rounds / 20);
  expect(run.report.postgresKills).toBeGreaterThanOrEqual(20);
});
