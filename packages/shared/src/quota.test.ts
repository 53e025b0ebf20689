import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayIn, mayReserveImage, nextDayStart } from "./quota.ts";

const ZONE = "Europe/Stockholm";
const HOUR = 3_600_000;
const at = (iso: string): number => Date.parse(iso);
const iso = (moment: number): string => new Date(moment).toISOString();

describe("a day in Stockholm", () => {
  test("begins at local midnight, in winter and in summer", () => {
    expect(dayIn(ZONE, at("2026-11-20T22:59:59.999Z"))).toBe("2026-11-20");
    expect(dayIn(ZONE, at("2026-11-20T23:00:00Z"))).toBe("2026-11-21");
    expect(dayIn(ZONE, at("2026-07-01T21:59:59.999Z"))).toBe("2026-07-01");
    expect(dayIn(ZONE, at("2026-07-01T22:00:00Z"))).toBe("2026-07-02");
  });
  test("is followed by the next one at its first millisecond", () => {
    expect(iso(nextDayStart(ZONE, at("2026-11-20T12:00:00Z")))).toBe("2026-11-20T23:00:00.000Z");
    expect(iso(nextDayStart(ZONE, at("2026-11-20T22:59:59.999Z")))).toBe("2026-11-20T23:00:00.000Z");
    expect(iso(nextDayStart(ZONE, at("2026-11-20T23:00:00Z")))).toBe("2026-11-21T23:00:00.000Z");
  });
  test("has 23 hours when summer time begins and 25 when it ends", () => {
    const spring = at("2026-03-28T23:00:00Z");
    expect(dayIn(ZONE, spring)).toBe("2026-03-29");
    expect(nextDayStart(ZONE, spring) - spring).toBe(23 * HOUR);
    const autumn = at("2026-10-24T22:00:00Z");
    expect(dayIn(ZONE, autumn)).toBe("2026-10-25");
    expect(nextDayStart(ZONE, autumn) - autumn).toBe(25 * HOUR);
  });
  test("does not end with the hour that comes twice", () => {
    expect(iso(nextDayStart(ZONE, at("2026-10-25T00:30:00Z")))).toBe("2026-10-25T23:00:00.000Z");
    expect(iso(nextDayStart(ZONE, at("2026-10-25T01:30:00Z")))).toBe("2026-10-25T23:00:00.000Z");
  });
});

const zones = fc.constantFrom(
  ZONE,
  "UTC",
  "America/Sao_Paulo",
  "Asia/Beirut",
  "Australia/Lord_Howe",
  "Pacific/Apia",
);
const moments = fc.integer({ min: at("2000-01-01"), max: at("2040-01-01") });

test("the next day starts after now, within 26 hours, with another date, and the millisecond before it is today", () => {
  fc.assert(
    fc.property(zones, moments, (zone, now) => {
      const next = nextDayStart(zone, now);
      expect(next).toBeGreaterThan(now);
      expect(next - now).toBeLessThanOrEqual(26 * HOUR);
      expect(dayIn(zone, next) > dayIn(zone, now)).toBe(true);
      expect(dayIn(zone, next - 1)).toBe(dayIn(zone, now));
    }),
  );
});

test("a day is always written as year, month and day", () => {
  fc.assert(fc.property(zones, moments, (zone, now) => /^\d{4}-\d{2}-\d{2}$/.test(dayIn(zone, now))));
});

test("whoever begins images one by one gets exactly the limit, and without a limit any number", () => {
  fc.assert(
    fc.property(fc.nat({ max: 50 }), fc.nat({ max: 100 }), (limit, wishes) => {
      let used = 0;
      for (let wish = 0; wish < wishes; wish++) if (mayReserveImage(used, limit)) used += 1;
      expect(used).toBe(Math.min(limit, wishes));
      expect(mayReserveImage(wishes, null)).toBe(true);
    }),
  );
});

test("several images at once get all of their units, or none of them", () => {
  expect(mayReserveImage(0, 2, 2)).toBe(true);
  expect(mayReserveImage(1, 2, 2)).toBe(false);
  expect(mayReserveImage(1, 2, 1)).toBe(true);
  expect(mayReserveImage(9, null, 9)).toBe(true);
  // Fewer may be allowed by now than were taken; nothing wanted is never refused.
  expect(mayReserveImage(3, 2, 0)).toBe(true);
});
