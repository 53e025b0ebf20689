import { afterAll, beforeAll, expect, test } from "vitest";
import { type CrashRun, openCrashRun } from "./crash-run.ts";
import { recordWell } from "./listed-effects.ts";
import { roundsForPoints } from "./plan-rounds.ts";
import type { Met } from "./record-points.ts";

let run: CrashRun;
let met: Met;
let problems: readonly string[];

beforeAll(async () => {
  run = await openCrashRun(1);
  ({ met, problems } = await recordWell(run));
}, 240_000);

afterAll(() => run.close());

test("every effect of receive, sync, sweep and tail is known, and has its failpoints", () => {
  expect(problems).toEqual([]);
});

const AT = /receive · answer: before|sync · sync-customer · commit: (before|after)/;

test("killed before the 200, and on either side of the sync's commit, nothing is lost or doubled", {
  timeout: 120_000,
}, async () => {
  const purchase: Met = new Map([["purchase", met.get("purchase") ?? new Map()]]);
  const rounds = roundsForPoints(purchase, "server", () => 0).filter(
    ({ at }) => "point" in at && AT.test(at.point),
  );
  expect(rounds).toHaveLength(3);
  await run.run(rounds, 3);
  expect(run.report.failures).toEqual([]);
  expect(run.report.serverKills).toBe(3);
});
