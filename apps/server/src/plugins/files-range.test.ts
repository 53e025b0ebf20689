import { expect, test } from "vitest";
import { rangeOf } from "./files-range.ts";

test.each([
  ["bytes=0-9", { start: 0, end: 9 }],
  ["bytes=5-", { start: 5, end: 99 }],
  ["bytes=90-1000", { start: 90, end: 99 }],
  ["bytes=-10", { start: 90, end: 99 }],
  ["bytes=-1000", { start: 0, end: 99 }],
  ["bytes=99-99", { start: 99, end: 99 }],
  ["bytes=100-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  [undefined, null],
  ["bytes=-", null],
  ["bytes=9-5", null],
  ["bytes=0-1,5-6", null],
  ["lines=0-1", null],
  ["bytes=0x1-2", null],
])("of a hundred bytes, %j is %j", (header, range) => {
  expect(rangeOf(header, 100)).toEqual(range);
});

test("an empty file has no part", () => {
  expect(rangeOf("bytes=0-", 0)).toBe("unsatisfiable");
});
