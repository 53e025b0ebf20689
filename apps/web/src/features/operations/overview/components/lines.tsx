import { overviewTexts } from "../../../../texts/operations-overview.ts";
import { inSeconds } from "../../parts/units.ts";
import { axisTop, highestOf, linePath, type Values } from "../chart-scale.ts";
import { ChartFrame } from "./chart-frame.tsx";

const texts = overviewTexts.charts;

interface LinesProps {
  title: string;
  about: string;
  empty: string;
  times: readonly string[];
  /** Seconds. `stroke` colours and dashes a line, `mark` its place in the legend. */
  lines: readonly { name: string; values: Values; stroke: string; mark: string }[];
}

/** How long it took in each step. */
export function Lines({ title, about, empty, times, lines }: LinesProps) {
  const top = axisTop(highestOf(lines.map(({ values }) => values)));
  return (
    <ChartFrame
      title={title}
      about={about}
      empty={empty}
      times={times}
      top={inSeconds(top)}
      write={inSeconds}
      series={lines.map(({ name, mark, values }) => ({
        name,
        mark,
        values,
        sum: texts.most(name, inSeconds(highestOf([values]))),
      }))}
    >
      {lines.map(({ name, values, stroke }) => (
        <path
          key={name}
          d={linePath(values, top)}
          fill="none"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
          className={stroke}
        />
      ))}
    </ChartFrame>
  );
}
