import { formats } from "../../../../lib/format.ts";
import { overviewTexts } from "../../../../texts/operations-overview.ts";
import { axisTop, highestStack, sumOf, type Values } from "../chart-scale.ts";
import { ChartFrame } from "./chart-frame.tsx";

const texts = overviewTexts.charts;

interface BarsProps {
  title: string;
  about: string;
  empty: string;
  times: readonly string[];
  /** From the bottom up. `fill` colours a bar, `mark` its place in the legend. */
  stacks: readonly { name: string; values: Values; fill: string; mark: string }[];
}

/** How many of each in each step, on top of each other. */
export function Bars({ title, about, empty, times, stacks }: BarsProps) {
  const top = axisTop(highestStack(stacks.map(({ values }) => values)));
  const width = 1000 / Math.max(1, times.length);
  return (
    <ChartFrame
      title={title}
      about={about}
      empty={empty}
      times={times}
      top={formats.number(top)}
      write={formats.number}
      series={stacks.map(({ name, mark, values }) => ({
        name,
        mark,
        values,
        sum: texts.total(name, formats.number(sumOf(values))),
      }))}
    >
      {times.map((time, at) => {
        let floor = 100;
        return stacks.map(({ name, values, fill }) => {
          const height = ((values[at] ?? 0) / top) * 100;
          floor -= height;
          return height === 0 ? null : (
            <rect
              key={`${time} ${name}`}
              x={at * width + width * 0.1}
              y={floor}
              width={width * 0.8}
              height={height}
              className={fill}
            />
          );
        });
      })}
    </ChartFrame>
  );
}
