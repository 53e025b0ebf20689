import { describe, expect, it } from "vitest";
import { daysUntil, formatsFor } from "./format.ts";

const swedish = formatsFor("sv-SE", "Europe/Stockholm");
const british = formatsFor("en-GB", "Europe/Stockholm");

describe("money", () => {
  it("says whole kronor without decimals and öre with two", () => {
    expect(british.money(3900, "sek")).toBe("39 SEK");
    expect(british.money(3950, "sek")).toBe("39.50 SEK");
  });
  it("writes the number as the user's locale does", () => {
    expect(swedish.money(3950, "SEK")).toBe("39,50 SEK");
  });
});

describe("dates and times", () => {
  const iso = "2026-11-27T23:30:00.000Z";
  it("stand in the user's zone", () => {
    expect(british.date(iso)).toBe("28 Nov 2026");
    expect(british.time(iso)).toBe("00:30");
  });
  it("say midnight as 00:00, never as 24:00", () => {
    expect(british.time("2026-11-21T23:00:00.000Z")).toBe("00:00");
  });
  it("count days left upwards, and never below none", () => {
    const now = Date.parse("2026-11-22T12:00:00.000Z");
    expect(daysUntil("2026-11-27T12:00:00.000Z", now)).toBe(5);
    expect(daysUntil("2026-11-22T12:00:01.000Z", now)).toBe(1);
    expect(daysUntil("2026-11-01T12:00:00.000Z", now)).toBe(0);
  });
});

it("says how long ago in the largest unit that fits", () => {
  expect(british.ago(12_000)).toMatch(/^12 ?s/);
  expect(british.ago(3 * 60_000)).toMatch(/^3 ?min/);
  expect(british.ago(900)).toBe("now");
});
