import { expect, test } from "vitest";
import { attemptWords } from "./attempt-words.ts";

test.each([
  ["pending", 0, "It was not tried yet."],
  ["processed", 0, "None was needed."],
  ["ignored", 0, "None was needed."],
  ["processed", 1, "No attempt failed."],
] as const)("an event that is %s after %i attempts without an error: %s", (outcome, attempts, words) => {
  expect(attemptWords({ outcome, attempts })).toBe(words);
});
