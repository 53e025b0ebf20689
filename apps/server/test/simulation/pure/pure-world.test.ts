import { describe, expect, it } from "vitest";
import { runLives } from "../run-lives.ts";
import { PURE_WORLD } from "./pure-world.ts";

const STEPS = 25_000;

describe("the pure rules over rows in memory, every order and every fault", () => {
  it.each([10_000, 20_000, 30_000, 40_000])(
    "hold at every step and after quiet, from seed %i on",
    async (seed) => {
      const run = await runLives(PURE_WORLD, { seed, steps: STEPS });
      expect(run.failure).toBeNull();
      expect(run.steps).toBeGreaterThanOrEqual(STEPS);
      for (const what of [
        "paid: complete",
        "process: crashes",
        "network: out of order",
        "fault: request stale",
      ])
        expect(run.figures.of(what), what).toBeGreaterThan(0);
    },
  );

  it("play the same life for the same seed", async () => {
    const [one, two] = [
      await runLives(PURE_WORLD, { seed: 5, steps: 800 }),
      await runLives(PURE_WORLD, { seed: 5, steps: 800 }),
    ];
    expect(one.figures.lines()).toEqual(two.figures.lines());
  });
});
