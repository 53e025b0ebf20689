import { describe, expect, it } from "vitest";
import { type Allowance, unitsLeft } from "./units-left.ts";

const free: Allowance = { limit: 2, used: 0, resetsAt: 100_000, asOf: 1000, video: false };

describe("what is left of a day's images", () => {
  it("is what was read, less what was begun since", () => {
    expect(unitsLeft(free, [], 2000)).toBe(2);
    expect(unitsLeft({ ...free, used: 1 }, [], 2000)).toBe(1);
    expect(unitsLeft(free, [null, 1500], 2000)).toBe(0);
  });

  it("counts nothing twice that was given before the usage was read", () => {
    expect(unitsLeft({ ...free, used: 1 }, [900], 2000)).toBe(1);
    expect(unitsLeft({ ...free, used: 2 }, [900, 950], 2000)).toBe(0);
  });

  it("begins anew when the day has turned", () => {
    expect(unitsLeft({ ...free, used: 2 }, [], 99_999)).toBe(0);
    expect(unitsLeft({ ...free, used: 2 }, [], 100_000)).toBe(2);
    expect(unitsLeft({ ...free, used: 2 }, [1500, null, 100_500], 101_000)).toBe(0);
  });

  it("is never less than nothing, and endless without a limit", () => {
    expect(unitsLeft({ ...free, used: 5 }, [null], 2000)).toBe(0);
    expect(unitsLeft({ ...free, limit: null }, [null, null], 2000)).toBe(Number.POSITIVE_INFINITY);
  });
});
