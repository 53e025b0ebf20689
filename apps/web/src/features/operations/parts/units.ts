import type { Unit } from "@liveassist/shared/indicators";

const share = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 2 });
const count = new Intl.NumberFormat();
const inUnit = (unit: string, digits: number) =>
  new Intl.NumberFormat(undefined, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: digits,
  });
const DURATIONS = [
  { from: 2 * 86_400, length: 86_400, format: inUnit("day", 1) },
  { from: 2 * 3600, length: 3600, format: inUnit("hour", 1) },
  { from: 120, length: 60, format: inUnit("minute", 1) },
  { from: 1, length: 1, format: inUnit("second", 1) },
] as const;
const ms = inUnit("millisecond", 0);
const whole = inUnit("second", 0);

/** Seconds as a person reads them: "420 ms", "4.2 sec", "5 min", "3 hr". */
export function inSeconds(seconds: number): string {
  if (seconds === 0) return whole.format(0);
  const step = DURATIONS.find(({ from }) => seconds >= from);
  return step ? step.format.format(seconds / step.length) : ms.format(seconds * 1000);
}

/** A reading in its unit, in the reader's own locale. */
export function inWords(value: number, unit: Unit): string {
  switch (unit) {
    case "share":
      return share.format(value);
    case "seconds":
      return inSeconds(value);
    case "count":
      return count.format(value);
  }
}
