import fc from "fast-check";
import { describe, it } from "vitest";
import { lives, liveThrough, wildLives } from "./live.ts";

describe("whatever anybody does, for long", () => {
  it.each([60_000, 60_001, 60_002, 60_003])("holds in 500 lives of seed %i", async (seed) => {
    const life = fc.asyncProperty(lives(120), (steps) => liveThrough(steps));
    await fc.assert(life, { numRuns: 500, seed, endOnFailure: true });
  });

  it("holds in 500 lives among people who call anything with anything", async () => {
    const life = fc.asyncProperty(wildLives(200), (steps) => liveThrough(steps));
    await fc.assert(life, { numRuns: 500, seed: 60_004, endOnFailure: true });
  });
});
