import { expect, test } from "vitest";
import { inSeconds, inWords } from "./units.ts";

test("a duration is written in the unit a person would pick", () => {
  const plain = [0, 0.0421, 4.24, 119, 300, 9000, 400_000].map((seconds) =>
    inSeconds(seconds).replace(/\s/g, " "),
  );
  expect(plain).toEqual(["0 sec", "42 ms", "4.2 sec", "119 sec", "5 min", "2.5 hr", "4.6 days"]);
});

test("a share is written in per cent, also a small one, and a count with its thousands", () => {
  expect([inWords(0.001, "share"), inWords(0, "share"), inWords(1, "share")]).toEqual(["0.1%", "0%", "100%"]);
  expect(inWords(12_345, "count")).toBe("12,345");
});
