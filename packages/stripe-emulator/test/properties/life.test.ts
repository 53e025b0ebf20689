import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lives, liveThrough, wildLives } from "./live.ts";
import { MOVES } from "./moves.ts";

describe("whatever anybody does", () => {
  it("every object stays in Stripe's states, sums agree, references lead somewhere, all is told, refusals change nothing", async () => {
    const done = new Set<string>();
    const life = fc.asyncProperty(lives(80), (steps) => liveThrough(steps, done));
    await fc.assert(life, { numRuns: 120, seed: 6 });
    // No property holds because nothing happens.
    expect(Object.keys(MOVES).filter((move) => !done.has(move))).toEqual([]);
  }, 60_000);

  it("also when anything is called with anything", async () => {
    const life = fc.asyncProperty(wildLives(120), (steps) => liveThrough(steps));
    await fc.assert(life, { numRuns: 30, seed: 6 });
  }, 60_000);
});
