/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = sort(values);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** The smallest value that at least `share` (0 to 1) of all values do not exceed: a value that really occurred. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = sort(values);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** A median with the lowest and highest value it stands for. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function spread(values: readonly number[]): Spread {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) };
}

/** One round's figures: the product's and its bare layer's, taken right after one another. */
export interface Pair {
  readonly real: number;
  readonly bare: number;
}

/** Ratios of rounds, not a ratio of medians: what slows a whole round down slows both sides of it. */
export const ratios = (pairs: readonly Pair[]): Spread => spread(pairs.map(({ real, bare }) => real / bare));

/** A screen shows sixty pictures a second. */
const FRAME_MS = 1000 / 60;

/** The share of frames that should have been drawn between the first and the last time and were not, in percent. */
export function droppedShare(times: readonly number[]): number {
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined || last <= first) throw new Error("no frame was drawn");
  const due = Math.round((last - first) / FRAME_MS);
  return (Math.max(0, due - (times.length - 1)) / due) * 100;
}

function sort(values: readonly number[]): number[] {
  if (values.length === 0) throw new Error("no values: nothing was measured");
  return values.toSorted((a, b) => a - b);
}
