// npm run simulate -- --steps N --seed S [--world postgres|pure]: lives drawn from a seed, against the real billing code.
import { parseArgs } from "node:util";
import { postgresWorld } from "../apps/server/test/simulation/postgres/postgres-world.ts";
import { warmUp } from "../apps/server/test/simulation/postgres/simulated-database.ts";
import { PURE_WORLD } from "../apps/server/test/simulation/pure/pure-world.ts";
import { runLives } from "../apps/server/test/simulation/run-lives.ts";
import { createDatabaseIn, startTestCluster } from "../packages/db/src/test-cluster.ts";

const CONNECTIONS = 3;
const TELL_EVERY_MS = 10_000;

const { values } = parseArgs({
  options: {
    steps: { type: "string", default: "15000" },
    seed: { type: "string", default: "1" },
    world: { type: "string", default: "postgres" },
  },
});

const steps = Number(values.steps);
const seed = Number(values.seed);
const started = performance.now();
let toldAt = started;
const onProgress = (done: number, lives: number): void => {
  if (performance.now() - toldAt < TELL_EVERY_MS) return;
  toldAt = performance.now();
  console.log(`… ${done} steps, ${lives} lives`);
};

async function runOnPostgres() {
  const cluster = await startTestCluster();
  const database = await createDatabaseIn(cluster, { max: CONNECTIONS });
  try {
    await warmUp(database.sql, CONNECTIONS);
    return await runLives(postgresWorld(database.sql), { seed, steps, onProgress });
  } finally {
    await database.close();
    await cluster.stop();
  }
}

const isPure = values.world === "pure";
if (!isPure && values.world !== "postgres") throw new Error("--world is postgres or pure");
const run = isPure ? await runLives(PURE_WORLD, { seed, steps, onProgress }) : await runOnPostgres();
console.log(run.figures.lines().join("\n"));
const seconds = (performance.now() - started) / 1000;
console.log(`${run.steps} steps in ${run.lives} lives, seed ${seed}, ${seconds.toFixed(1)} s`);
if (run.failure !== null) {
  console.error(run.failure);
  process.exitCode = 1;
}
