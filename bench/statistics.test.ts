import { expect, test } from "vitest";
import { median, percentile, ratios, spread } from "./statistics.ts";

test("the median is the middle value, whatever the order", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([10, 1, 9, 2])).toBe(5.5);
  expect(median([7])).toBe(7);
});

test("numbers are sorted as numbers, not as text", () => {
  expect(median([100, 20, 3])).toBe(20);
});

test("a percentile is a value that occurred, and the highest one is the maximum", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(hundred, 0.5)).toBe(50);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile(hundred, 1)).toBe(100);
  expect(percentile([4, 8], 0.99)).toBe(8);
});

test("a spread tells the lowest and the highest beside the median", () => {
  expect(spread([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
});

test("ratios are taken round by round, so that a slow round does not count", () => {
  const pairs = [
    { real: 50, bare: 100 },
    { real: 5, bare: 10 },
    { real: 60, bare: 100 },
  ];
  expect(ratios(pairs)).toEqual({ median: 0.5, low: 0.5, high: 0.6 });
});

test("nothing measured is an error, not a figure", () => {
  expect(() => median([])).toThrow("nothing was measured");
  expect(() => percentile([], 0.5)).toThrow("nothing was measured");
});

test("what is given stays as it was", () => {
  const given = [3, 1, 2];
  median(given);
  expect(given).toEqual([3, 1, 2]);
});
