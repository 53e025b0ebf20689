import { createTestDatabase, type TestDatabase } from "@liveassist/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runLives } from "../run-lives.ts";
import { postgresWorld } from "./postgres-world.ts";
import { warmUp } from "./simulated-database.ts";

const CONNECTIONS = 3;
const STEPS = 5_000;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ max: CONNECTIONS });
  await warmUp(database.sql, CONNECTIONS);
});
afterAll(() => database.close());

describe("billing on Postgres, two servers, every fault", () => {
  it.each([1_000, 2_000, 3_000])(
    "holds every invariant at every step and after quiet, from seed %i on",
    async (seed) => {
      const run = await runLives(postgresWorld(database.sql), { seed, steps: STEPS });
      expect(run.failure).toBeNull();
      expect(run.steps).toBeGreaterThanOrEqual(STEPS);
      for (const what of [
        "paid: complete",
        "crash: between effects",
        "network: out of order",
        "let through: transaction",
        "upload: sent",
        "refused: IMAGE_DAY_LIMIT",
      ])
        expect(run.figures.of(what), what).toBeGreaterThan(0);
    },
  );
});
