import { expect, test } from "vitest";
import { readArguments, wholeNumber } from "./run-command.ts";

const OPTIONS = { type: { type: "string" }, dead: { type: "boolean" } } as const;

test("words and options come apart, in any order", () => {
  expect(readArguments(["evt_1", "--dead", "evt_2", "--type", "x"], OPTIONS)).toEqual({
    values: { dead: true, type: "x" },
    words: ["evt_1", "evt_2"],
  });
});

test.each([
  [["--dad"], "Unknown option '--dad'."],
  [["--dead=yes"], "Option '--dead' does not take an argument."],
  [["--type"], "Option '--type <value>' argument missing."],
  [["--type", "--dead"], "Option '--type' argument is ambiguous."],
])("%j is answered in one sentence", (given, sentence) => {
  expect(readArguments(given, OPTIONS)).toBe(sentence);
});

test("a number is whole and within its bounds, or none", () => {
  const bounds = { from: 1, to: 100 };
  expect(
    ["1", "100", "0", "101", "1.5", "-1", "many", true, undefined].map((one) => wholeNumber(one, bounds)),
  ).toEqual([1, 100, null, null, null, null, null, null, null]);
});
