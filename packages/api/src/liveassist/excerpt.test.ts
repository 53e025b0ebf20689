import { expect, test } from "vitest";
import { excerptOf } from "./excerpt.ts";
import { titleOf } from "./title-of.ts";

test("an excerpt shows the words around what was found, in one line, cut between characters", () => {
  expect(excerptOf("The chain\n\nsqueaks.", "CHAIN")).toBe("The chain squeaks.");
  const long = `${"😀".repeat(60)} needle ${"😀".repeat(60)}`;
  const excerpt = excerptOf(long, "Needle");
  expect(excerpt).toMatch(/^…😀+ needle 😀+…$/u);
  expect(excerpt.isWellFormed()).toBe(true);
  expect(excerpt.length).toBeLessThan(140);
});

test("an excerpt of a text in which the words are not found begins at its beginning", () => {
  expect(excerptOf("İstanbul", "nothing")).toBe("İstanbul");
});

test("a title is the first text in one line, cut between words, or within one that has no end", () => {
  expect(titleOf(" How do I\n fix it? ")).toBe("How do I fix it?");
  expect(titleOf("")).toBeNull();
  expect(titleOf(`${"word ".repeat(20)}`)).toBe(`${"word ".repeat(12).trim()}…`);
  expect(titleOf("😀".repeat(61))).toBe(`${"😀".repeat(60)}…`);
});
