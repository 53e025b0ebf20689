/** A step of a chart's values; null: nothing was measured in it. */
export type Values = readonly (number | null)[];

/** The top of an axis: the next 1, 2 or 5 with zeros; 1 for nothing at all. */
export function axisTop(highest: number): number {
  if (highest <= 0) return 1;
  const zeros = 10 ** Math.floor(Math.log10(highest));
  const digit = [1, 2, 5, 10].find((candidate) => candidate * zeros >= highest) ?? 10;
  return digit * zeros;
}

/** The highest stack of bars, each step's series on top of each other. */
export const highestStack = (series: readonly Values[]): number =>
  Math.max(
    0,
    ...(series[0] ?? []).map((_, at) => series.reduce((sum, values) => sum + (values[at] ?? 0), 0)),
  );

export const highestOf = (series: readonly Values[]): number =>
  Math.max(0, ...series.flatMap((values) => values.map((value) => value ?? 0)));

export const sumOf = (values: Values): number => values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

/** A line through what was measured, as an SVG path over `0 0 1000 100`; a step of nothing interrupts it. */
export function linePath(values: Values, top: number): string {
  const width = 1000 / Math.max(1, values.length);
  let pen: "M" | "L" = "M";
  let path = "";
  for (const [at, value] of values.entries()) {
    if (value === null) {
      pen = "M";
      continue;
    }
    const x = round((at + 0.5) * width);
    const y = round(100 - (value / top) * 100);
    // A single step would be a line without length: it gets the width of its step.
    const isAlone = pen === "M" && (values[at + 1] ?? null) === null;
    path += isAlone ? `M${round(x - width / 2)} ${y}h${round(width)}` : `${pen}${x} ${y}`;
    pen = "L";
  }
  return path;
}

const round = (value: number): number => Math.round(value * 100) / 100;
