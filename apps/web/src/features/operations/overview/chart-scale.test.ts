import { expect, test } from "vitest";
import { axisTop, highestOf, highestStack, linePath, sumOf } from "./chart-scale.ts";

test("an axis ends at a round number that nothing stands above", () => {
  expect([0, 1, 3, 12, 50, 51, 0.03].map(axisTop)).toEqual([1, 1, 5, 20, 50, 100, 0.05]);
});

test("stacked bars need room for their sum, lines for the highest of them", () => {
  const series = [
    [1, 4, null],
    [2, 5, 3],
  ];
  expect(highestStack(series)).toBe(9);
  expect(highestOf(series)).toBe(5);
  expect(highestStack([])).toBe(0);
  expect(sumOf([1, null, 2])).toBe(3);
});

test("a line is interrupted where nothing was measured, and a lonely step is seen", () => {
  expect(linePath([0, 10, null, 5], 10)).toBe("M125 100L375 0M750 50h250");
  expect(linePath([null, null], 10)).toBe("");
});
