/** A billing interval of a price. */
export interface Interval {
  interval: string;
  interval_count: number;
}

export const HOUR = 3600;
export const DAY = 24 * HOUR;

/** `count` intervals after the anchor (unix seconds, UTC). The 31st becomes the last day of shorter months. */
export function addIntervals(anchor: number, { interval, interval_count }: Interval, count: number): number {
  const steps = interval_count * count;
  if (interval === "day") return anchor + steps * DAY;
  if (interval === "week") return anchor + steps * 7 * DAY;
  const start = new Date(anchor * 1000);
  const months = start.getUTCMonth() + (interval === "year" ? 12 * steps : steps);
  const day = Math.min(
    start.getUTCDate(),
    new Date(Date.UTC(start.getUTCFullYear(), months + 1, 0)).getUTCDate(),
  );
  const moved = new Date(start);
  moved.setUTCDate(1);
  moved.setUTCMonth(months, day);
  return Math.floor(moved.getTime() / 1000);
}

/** The end of the period that begins at `start`, counted from the anchor so that short months do not shift it. */
export function periodEnd(anchor: number, start: number, interval: Interval): number {
  let count = 1;
  while (addIntervals(anchor, interval, count) <= start) count += 1;
  return addIntervals(anchor, interval, count);
}
