import { expect, it } from "vitest";
import { ratioOf } from "./picture-ratio.ts";

it("keeps a picture's own proportions, but no tower and no ribbon", () => {
  expect(ratioOf({ width: 400, height: 300 })).toBeCloseTo(4 / 3);
  expect(ratioOf({ width: 100, height: 4000 })).toBe(4 / 5);
  expect(ratioOf({ width: 4000, height: 100 })).toBe(2);
  expect(ratioOf({ width: null, height: null })).toBeCloseTo(4 / 3);
});
