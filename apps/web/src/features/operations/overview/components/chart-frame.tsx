import { type PointerEvent, type ReactNode, useId, useState } from "react";
import { formats } from "../../../../lib/format.ts";
import { overviewTexts } from "../../../../texts/operations-overview.ts";
import { exactTime } from "../../parts/time-words.ts";
import type { Values } from "../chart-scale.ts";
import { ChartTable } from "./chart-table.tsx";

const texts = overviewTexts.charts;

export interface Series {
  name: string;
  /** Colour and pattern of its mark in the legend. */
  mark: string;
  values: Values;
  /** All of it in words: a sum, the most. */
  sum: string;
}

interface ChartFrameProps {
  title: string;
  about: string;
  empty: string;
  series: readonly Series[];
  /** ISO times of the steps. */
  times: readonly string[];
  /** The value at the top of the axis, in words. */
  top: string;
  write: (value: number) => string;
  /** What is drawn, over `0 0 1000 100`. */
  children: ReactNode;
}

/** A chart with everything it also says in words: a legend with sums, the step under the pointer, a table. */
export function ChartFrame({ title, about, empty, series, times, top, write, children }: ChartFrameProps) {
  const [at, setAt] = useState<number | null>(null);
  const id = useId();
  const isEmpty = series.every(({ values }) => values.every((value) => value === null || value === 0));
  const [first, middle, last] = [times[0], times[Math.floor(times.length / 2)], times.at(-1)];
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const step = Math.floor(((event.clientX - left) / width) * times.length);
    setAt(Math.min(Math.max(step, 0), times.length - 1));
  };
  const pointed = at === null ? undefined : times[at];
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-md border border-line bg-surface p-4 sm:p-5">
      <h3 id={id} className="text-base font-medium">
        {title}
      </h3>
      <p className="text-small text-muted">{about}</p>
      {isEmpty ? (
        <p className="mt-3 grid min-h-44 place-items-center rounded-sm bg-sunken p-4 text-center text-small text-muted">
          {empty}
        </p>
      ) : (
        <>
          <p className="mt-3 text-small text-muted tabular-nums">{top}</p>
          <svg
            role="img"
            aria-label={`${title}. ${series.map(({ sum }) => sum).join(". ")}`}
            viewBox="0 0 1000 100"
            preserveAspectRatio="none"
            onPointerMove={point}
            onPointerLeave={() => setAt(null)}
            className="block h-32 w-full touch-pan-y border-y border-line"
          >
            {children}
            {at === null ? null : (
              <rect
                x={(at * 1000) / times.length}
                width={1000 / times.length}
                height="100"
                className="fill-text opacity-10"
              />
            )}
          </svg>
          <p className="mt-1 flex justify-between gap-2 text-small text-muted tabular-nums">
            {[first, middle, last].map((time, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the three places of the axis.
              <span key={place}>{time ? axisTime(time, times) : ""}</span>
            ))}
          </p>
          <p className="mt-2 min-h-5 text-small font-medium tabular-nums">
            {pointed ? exactTime(pointed) : null}
          </p>
          <ul className="flex flex-wrap gap-x-5 gap-y-1 text-small tabular-nums">
            {series.map(({ name, mark, values, sum }) => {
              const value = at === null ? undefined : (values[at] ?? null);
              return (
                <li key={name} className="inline-flex items-center gap-2">
                  <span aria-hidden="true" className={`h-0 w-4 border-t-4 ${mark}`} />
                  {value === undefined ? sum : texts.total(name, value === null ? "–" : write(value))}
                </li>
              );
            })}
          </ul>
          <ChartTable title={title} series={series} times={times} write={write} />
        </>
      )}
    </section>
  );
}

/** The hour while the chart spans less than two days, then the day. */
function axisTime(time: string, times: readonly string[]): string {
  const span = Date.parse(times.at(-1) ?? time) - Date.parse(times[0] ?? time);
  return span < 2 * 86_400_000 ? formats.time(time) : formats.day(time);
}
