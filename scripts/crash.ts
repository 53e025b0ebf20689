// npm run crash [-- --rounds N] [--postgres N] [--seed S] [--only <text>] [--lanes N] [--record]
// Kills real servers and a real Postgres at every awaited effect and at random moments; ends with 1 after a wrong state.
import { parseArgs } from "node:util";
import { chanceOf } from "../apps/server/test/crash/chance.ts";
import { describeReport } from "../apps/server/test/crash/crash-report.ts";
import { openCrashRun } from "../apps/server/test/crash/crash-run.ts";
import { recordWell, writeEffects } from "../apps/server/test/crash/listed-effects.ts";
import { planRun } from "../apps/server/test/crash/plan-run.ts";

/** Rounds of a run that asks for nothing special: every point once, and as many again at random. */
const EVERYTHING = 400;

const { values } = parseArgs({
  options: {
    rounds: { type: "string" },
    postgres: { type: "string", default: "48" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    only: { type: "string" },
    lanes: { type: "string", default: "4" },
    record: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const begun = performance.now();
const seconds = (): number => (performance.now() - begun) / 1000;
const tell = (line: string): void => console.log(`${seconds().toFixed(0).padStart(5)} s  ${line}`);

const run = await openCrashRun(seed, tell);
process.once("SIGINT", () => {
  tell("ending after the rounds under way; once more ends at once");
  run.endSoon();
});
try {
  const { met, problems } = await recordWell(run);
  if (values.record) {
    console.log(`Written: ${await writeEffects(met)}`);
  } else {
    run.report.failures.push(...problems);
    const most = Number(values.rounds ?? (values.only === undefined ? EVERYTHING : 0));
    const extent = { rounds: most, postgres: Number(values.postgres), only: values.only };
    const rounds = planRun(met, extent, chanceOf(seed));
    tell(`${rounds.length} rounds with seed ${seed}`);
    await run.run(rounds, Number(values.lanes));
    console.log(describeReport(run.report, seconds()));
    process.exitCode = run.report.failures.length + run.report.missed.length > 0 ? 1 : 0;
  }
} finally {
  await run.close();
}
