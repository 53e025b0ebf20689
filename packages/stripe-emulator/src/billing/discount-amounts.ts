/** What a coupon takes off: a share of each line, or one amount spread over all of them. */
export type Reduction = { percent: number } | { amount: number };

/**
 * What is taken off each of these amounts (smallest unit of the currency); never more than there is. A percentage is
 * rounded half up for each amount; an amount is spread in proportion, so that the parts add up to it exactly.
 */
export function takeOff(reduction: Reduction, amounts: readonly number[]): number[] {
  if ("percent" in reduction) return amounts.map((amount) => percentOf(amount, reduction.percent));
  const all = amounts.reduce((sum, amount) => sum + Math.max(0, amount), 0);
  return spread(Math.min(Math.max(0, reduction.amount), all), amounts);
}

/** Half up, in whole numbers: percentages have four decimals at most. */
function percentOf(amount: number, percent: number): number {
  if (amount <= 0) return 0;
  return Math.min(amount, Math.floor((amount * Math.round(percent * 10_000) + 500_000) / 1_000_000));
}

/** Largest remainder: whoever lost most by rounding down gets one more, the first of equals first. */
function spread(total: number, weights: readonly number[]): number[] {
  const positive = weights.map((weight) => BigInt(Math.max(0, weight)));
  const all = positive.reduce((sum, weight) => sum + weight, 0n);
  if (all === 0n) return weights.map(() => 0);
  const parts = positive.map((weight) => Number((BigInt(total) * weight) / all));
  const left = total - parts.reduce((sum, part) => sum + part, 0);
  const lost = positive.map((weight, place) => ({ place, lost: (BigInt(total) * weight) % all }));
  const first = lost.toSorted((a, b) => (a.lost === b.lost ? a.place - b.place : a.lost > b.lost ? -1 : 1));
  const lucky = new Set(first.slice(0, left).map(({ place }) => place));
  return parts.map((part, place) => (lucky.has(place) ? part + 1 : part));
}
