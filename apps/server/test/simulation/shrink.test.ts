import { describe, expect, it } from "vitest";
import { shrink } from "./shrink.ts";

describe("shrinking a story", () => {
  it("leaves only the moves without which nothing breaks", async () => {
    const moves = Array.from({ length: 200 }, (_, at) => at);
    const stillBroken = async (some: readonly number[]) => some.includes(17) && some.includes(150);
    expect(await shrink(moves, { stillBroken, tries: 500 })).toEqual([17, 150]);
  });

  it("stops after so many tries", async () => {
    let tries = 0;
    const stillBroken = async () => {
      tries += 1;
      return false;
    };
    expect(await shrink([1, 2, 3, 4], { stillBroken, tries: 3 })).toEqual([1, 2, 3, 4]);
    expect(tries).toBe(3);
  });
});
