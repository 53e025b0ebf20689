import { afterAll, beforeAll, expect, test } from "vitest";
import { chanceOf } from "./chance.ts";
import { type CrashRun, openCrashRun } from "./crash-run.ts";
import { compareEffects, recordWell } from "./listed-effects.ts";
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
  const met = await recordWell(run);
  expect(await compareEffects(met)).toEqual([]);
  const rounds = planRun(met, { rounds: 0, postgres: 24 }, chanceOf(SEED));
  await run.run(rounds, 4);
  expect(run.report.failures).toEqual([]);
  expect(run.report.missed).toEqual([]);
  expect(run.report.postgresKills).toBeGreaterThanOrEqual(20);
});
