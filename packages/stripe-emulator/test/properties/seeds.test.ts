import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lives, type Step, take } from "./live.ts";
import { watch } from "./watched-core.ts";

/** The whole log of a life, as bytes. */
async function log(steps: readonly Step[], seed: number): Promise<string> {
  const watched = watch(seed);
  for (const [place, step] of steps.entries()) await take(watched, step, place);
  return JSON.stringify(watched.events);
}

describe("a seed", () => {
  it("gives the same life byte by byte, and another one another", async () => {
    const same = fc.asyncProperty(lives(40), fc.nat(1000), async (steps, seed) => {
      const [first, second, other] = [
        await log(steps, seed),
        await log(steps, seed),
        await log(steps, seed + 1),
      ];
      expect(second).toBe(first);
      expect(other).not.toBe(first);
    });
    await fc.assert(same, { numRuns: 25, seed: 6 });
  });
});
