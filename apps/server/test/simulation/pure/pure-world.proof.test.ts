import { expect, it } from "vitest";
import { runLives } from "../run-lives.ts";
import { PURE_WORLD } from "./pure-world.ts";

const STEPS = 250_000;

it.each([1_000_000, 2_000_000, 3_000_000, 4_000_000])(
  "the pure rules hold at every step and after quiet, a quarter of a million steps from seed %i on",
  async (seed) => {
    expect((await runLives(PURE_WORLD, { seed, steps: STEPS })).failure).toBeNull();
  },
);
