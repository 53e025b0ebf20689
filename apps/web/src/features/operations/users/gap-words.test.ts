import { expect, it } from "vitest";
import { durationWords, gapOf } from "./gap-words.ts";

it.each([
  [0, "0.00 s"],
  [37, "0.04 s"],
  [412, "0.4 s"],
  [9_949, "9.9 s"],
  [12_900, "12 s"],
  [185_000, "3 min"],
  [7_300_000, "2 h"],
])("writes %i ms as %s", (ms, words) => {
  expect(durationWords(ms, "en-GB")).toBe(words);
});

it("tells the time between two steps, and nothing where they do not belong together", () => {
  expect(gapOf("2026-11-21T12:00:01.400Z", "2026-11-21T12:00:01.000Z")).toBe(400);
  expect(gapOf("2026-11-21T12:00:01.002Z", "2026-11-21T12:00:01.000Z")).toBe(null);
  expect(gapOf("2026-11-21T12:00:01.000Z", undefined)).toBe(null);
  expect(gapOf("2026-11-21T14:00:00.000Z", "2026-11-21T12:00:00.000Z")).toBe(null);
});
