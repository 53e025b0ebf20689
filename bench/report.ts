import { type Pair, ratios, type Spread, spread } from "./statistics.ts";

/** A measured row of the design's budgets, ready to print. */
export interface Row {
  readonly what: string;
  readonly real: string;
  readonly bare: string;
  readonly ratio: string;
  readonly budget: string;
  readonly kept: boolean;
}

interface Measured {
  readonly what: string;
  /** Said after each figure. */
  readonly unit: string;
  readonly pairs: readonly Pair[];
  readonly budget: number;
}

/** More is better: the product must reach this share of its bare layer. */
export const atLeast = (measured: Measured): Row => toRow(measured, "≥", (ratio) => ratio >= measured.budget);

/** Less is better: the product may take this many times what its bare layer takes. */
export const atMost = (measured: Measured): Row => toRow(measured, "≤", (ratio) => ratio <= measured.budget);

function toRow(
  { what, unit, pairs, budget }: Measured,
  sign: string,
  keeps: (ratio: number) => boolean,
): Row {
  const ratio = ratios(pairs);
  return {
    what,
    real: `${amount(spread(pairs.map((pair) => pair.real)))}${unit}`,
    bare: `${amount(spread(pairs.map((pair) => pair.bare)))}${unit}`,
    ratio: `${ratio.median.toFixed(2)}× (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})`,
    budget: `${sign} ${budget}×`,
    kept: keeps(ratio.median),
  };
}

function amount({ median, low, high }: Spread): string {
  const digits = median >= 100 ? 0 : 1;
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

const COLUMNS = ["what", "real", "bare", "ratio", "budget"] as const;
const HEAD = { what: "", real: "product", bare: "bare layer", ratio: "ratio", budget: "budget" };

/** The rows as a table: medians, in brackets the lowest and the highest round. */
export function toTable(rows: readonly Row[]): string {
  const widths = COLUMNS.map((column) => Math.max(...[HEAD, ...rows].map((row) => row[column].length)));
  const line = (row: Pick<Row, (typeof COLUMNS)[number]>): string =>
    COLUMNS.map((column, index) => row[column].padEnd(widths[index] ?? 0)).join("  ");
  const verdict = (row: Row): string => `${line(row)}  ${row.kept ? "OK" : "BELOW BUDGET"}`;
  return [line(HEAD).trimEnd(), ...rows.map(verdict)].join("\n");
}
