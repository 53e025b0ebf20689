import { expect, it } from "vitest";
import { ratioIn } from "./picture-ratio.ts";

const of = (width: number | null, height: number | null) => ({ width, height });

it("keeps one picture's own proportions, but no tower and no ribbon", () => {
  expect(ratioIn([of(400, 300)], 0)).toBeCloseTo(4 / 3);
  expect(ratioIn([of(100, 4000)], 0)).toBe(4 / 5);
  expect(ratioIn([of(4000, 100)], 0)).toBe(2);
  expect(ratioIn([of(null, null)], 0)).toBeCloseTo(4 / 3);
});

it("gives several pictures places of one height in a row", () => {
  const some = (count: number) => Array.from({ length: count }, () => of(100, 4000));
  expect([0, 1].map((at) => ratioIn(some(2), at))).toEqual([1, 1]);
  const [wide, ...below] = [0, 1, 2].map((at) => ratioIn(some(3), at));
  expect(wide).toBe(2);
  expect(new Set(below).size).toBe(1);
  expect(new Set([0, 1, 2, 3].map((at) => ratioIn(some(4), at))).size).toBe(1);
});
