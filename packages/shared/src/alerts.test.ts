import { describe, expect, test } from "vitest";
import { ALERTS, type AlertName, CLEARS_AFTER, countStreaks, FIRES_AFTER, judgeReadings } from "./alerts.ts";
import { INDICATORS, type IndicatorName, type Readings } from "./indicators.ts";

const names = Object.keys(INDICATORS) as IndicatorName[];
const readings = (value: number | null, over: Partial<Readings> = {}): Readings => ({
  ...(Object.fromEntries(names.map((name) => [name, value])) as Record<IndicatorName, number | null>),
  ...over,
});
const stateOf = (alert: AlertName, of: Readings, thresholds = {}) =>
  judgeReadings(of, thresholds).find((one) => one.alert === alert)?.state;

describe("an alert", () => {
  test("breaches above its threshold, not at it", () => {
    const { threshold, indicator } = ALERTS.events_stuck;
    expect(stateOf("events_stuck", readings(0, { [indicator]: threshold }))).toBe("clear");
    expect(stateOf("events_stuck", readings(0, { [indicator]: threshold + 1 }))).toBe("breach");
  });
  test("goes by the threshold that is set, also when that is 0", () => {
    expect(stateOf("dead_letters", readings(3), { dead_letters: 5 })).toBe("clear");
    expect(stateOf("events_stuck", readings(1), { events_stuck: 0 })).toBe("breach");
  });
  test("is unknown without a reading, and then neither fires nor clears", () => {
    const unknown = judgeReadings(readings(null), {});
    expect(new Set(unknown.map(({ state }) => state))).toEqual(new Set(["unknown"]));
    expect(countStreaks({ dead_letters: 1, tail_late: -2 }, unknown)).toMatchObject({
      dead_letters: 1,
      tail_late: -2,
    });
  });
  test("watches one indicator, which no other alert watches", () => {
    const watched = Object.values(ALERTS).map(({ indicator }) => indicator);
    expect(new Set(watched).size).toBe(watched.length);
  });
  test("has a sentence that ends, for whoever is woken", () => {
    for (const { summary } of Object.values(ALERTS)) expect(summary).toMatch(/^[A-Z].*\.$/);
  });
});

test("a streak counts evaluations in a row, and turns at once", () => {
  const play = (values: readonly number[]) =>
    values.reduce<ReturnType<typeof countStreaks>>(
      (before, value) => countStreaks(before, judgeReadings(readings(value), {})),
      {},
    ).dead_letters;
  expect(play([])).toBeUndefined();
  expect(play([1])).toBe(1);
  expect(play([1, 1, 1])).toBe(3);
  expect(play([1, 1, 1, 0])).toBe(-1);
  expect(play([0, 0, 1])).toBe(1);
  expect(FIRES_AFTER).toBeGreaterThan(1);
  expect(CLEARS_AFTER).toBeGreaterThan(1);
});
