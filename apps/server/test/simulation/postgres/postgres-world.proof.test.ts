import { createTestDatabase, type TestDatabase } from "@liveassist/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runLives } from "../run-lives.ts";
import { postgresWorld } from "./postgres-world.ts";
import { warmUp } from "./simulated-database.ts";

const CONNECTIONS = 3;
const STEPS = 50_000;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ max: CONNECTIONS });
  await warmUp(database.sql, CONNECTIONS);
});
afterAll(() => database.close());

it.each([1_000_000, 2_000_000, 3_000_000])(
  "billing on Postgres holds every invariant at every step and after quiet, 50,000 steps from seed %i on",
  async (seed) => {
    expect((await runLives(postgresWorld(database.sql), { seed, steps: STEPS })).failure).toBeNull();
  },
);
