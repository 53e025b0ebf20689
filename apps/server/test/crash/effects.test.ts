import { afterAll, beforeAll, expect, test } from "vitest";
import { type CrashRun, openCrashRun } from "./crash-run.ts";
import { compareEffects } from "./listed-effects.ts";
import { roundsForPoints } from "./plan-rounds.ts";
import type { Met } from "./record-points.ts";

let run: CrashRun;
let met: Met;

beforeAll(async () => {
  run = await openCrashRun(1);
  met = await run.record();
});

afterAll(() => run.close());

test("every effect of receive, sync, sweep and tail is known, and has its failpoints", async () => {
  expect(await compareEffects(met)).toEqual([]);
});

const AT = /receive · answer: before|sync · sync-customer · commit: (before|after)/;

test("killed between the commit and the 200, and on either side of the sync's commit, nothing is lost or doubled", async () => {
  const rounds = roundsForPoints(met, "server", () => 0).filter(
    ({ at, story }) => "point" in at && AT.test(at.point) && story.name === "purchase",
  );
  expect(rounds).toHaveLength(3);
  await run.run(rounds, 3);
  expect(run.report.failures).toEqual([]);
  expect(run.report.serverKills).toBe(3);
});
