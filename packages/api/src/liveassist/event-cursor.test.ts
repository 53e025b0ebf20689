import { expect, test } from "vitest";
import { cursorAt, parseCursor, wholeOffset } from "./event-cursor.ts";

const ID = "0a1b2c3d-0000-4000-8000-00000000000f";

test("a cursor names a message and how much of its text", () => {
  expect(parseCursor(cursorAt(ID, 12))).toEqual({ messageId: ID, offset: 12 });
  expect(parseCursor(`${ID.toUpperCase()}:0`)).toEqual({ messageId: ID, offset: 0 });
});

test.each([
  "",
  "nonsense",
  ID,
  `${ID}:`,
  `${ID}:-1`,
  `${ID}:1.5`,
  `${ID}:9999999999`,
  `x${ID}:1`,
  `${ID}:1 `,
])("%j is no cursor", (text) => expect(parseCursor(text)).toBeNull());

test("an offset inside a character moves before it", () => {
  expect([0, 1, 2, 3, 4, 9].map((offset) => wholeOffset("a😀b", offset))).toEqual([0, 1, 1, 3, 4, 9]);
});
