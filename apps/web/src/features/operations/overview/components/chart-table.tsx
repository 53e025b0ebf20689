import { overviewTexts } from "../../../../texts/operations-overview.ts";
import { exactTime } from "../../parts/time-words.ts";
import type { Series } from "./chart-frame.tsx";

const texts = overviewTexts.charts;

interface ChartTableProps {
  title: string;
  series: readonly Series[];
  times: readonly string[];
  write: (value: number) => string;
}

/** The same in words, newest first: for who does not see the drawing, and for who wants the numbers. */
export function ChartTable({ title, series, times, write }: ChartTableProps) {
  const full = times
    .map((time, at) => ({ time, at }))
    .filter(({ at }) => series.some(({ values }) => (values[at] ?? 0) !== 0))
    .reverse();
  return (
    <details className="mt-2">
      <summary className="inline-flex min-h-11 items-center text-small font-medium text-accent underline-offset-4 hover:underline">
        {texts.table}
      </summary>
      <p className="text-small text-muted">{texts.onlyFull}</p>
      <section
        aria-label={title}
        className="relative mt-2 max-h-80 overflow-auto"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        <table className="w-full text-small tabular-nums">
          <thead className="sticky top-0 bg-surface text-muted">
            <tr className="border-b border-line">
              <th scope="col" className="py-1.5 pr-4 text-left font-medium">
                {texts.time}
              </th>
              {series.map(({ name }) => (
                <th key={name} scope="col" className="py-1.5 pl-4 text-right font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {full.map(({ time, at }) => (
              <tr key={time} className="border-b border-line">
                <th scope="row" className="py-1.5 pr-4 text-left font-normal">
                  <time dateTime={time}>{exactTime(time)}</time>
                </th>
                {series.map(({ name, values }) => {
                  const value = values[at] ?? null;
                  return (
                    <td key={name} className="py-1.5 pl-4 text-right">
                      {value === null ? "–" : write(value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
