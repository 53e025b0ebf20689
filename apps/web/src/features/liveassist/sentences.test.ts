import { expect, it } from "vitest";
import { nextSentences } from "./sentences.ts";

it("waits for whole sentences", () => {
  expect(nextSentences("Water it less. The lea", 0, false)).toEqual({ words: "Water it less.", upTo: 14 });
  expect(nextSentences("Water it less. The lea", 14, false)).toEqual({ words: "", upTo: 14 });
});

it("does not take a number or an address for an end", () => {
  expect(nextSentences("It costs 3.5 euro at example.com today", 0, false).words).toBe("");
});

it("takes lines, and at the end what is left", () => {
  expect(nextSentences("- one\n- two", 0, false).words).toBe("one");
  expect(nextSentences("- one\n- two", 6, true)).toEqual({ words: "two", upTo: 11 });
});

it("leaves out the signs of Markdown", () => {
  expect(nextSentences("## **Look** at [this](https://a.example)!\n", 0, true).words).toBe("Look at this!");
});

it("leaves names and sums as they are", () => {
  expect(nextSentences("Set `AI_BASE_URL`, _not_ __PORT__.\n", 0, true).words).toBe(
    "Set AI_BASE_URL, not PORT.",
  );
  expect(nextSentences("It is true that 1 < 2 and 3 > 2.\n", 0, true).words).toBe(
    "It is true that 1 < 2 and 3 > 2.",
  );
});
