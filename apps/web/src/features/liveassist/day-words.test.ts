import { expect, it } from "vitest";
import { dayWords } from "./day-words.ts";

const noon = new Date(2026, 9, 25, 12).getTime();
const iso = (day: number, hour: number) => new Date(2026, 9, day, hour).toISOString();

it("says today and yesterday by the calendar, also over a change of the clock", () => {
  expect(dayWords(iso(25, 0), noon)).toBe("Today");
  expect(dayWords(iso(24, 23), noon)).toBe("Yesterday");
  expect(dayWords(iso(24, 1), noon)).toBe("Yesterday");
});

it("gives the date of any other day", () => {
  expect(dayWords(iso(23, 23), noon)).toMatch(/23/);
});
