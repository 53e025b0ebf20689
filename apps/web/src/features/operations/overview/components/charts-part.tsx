import { Skeleton } from "../../../../components/skeleton.tsx";
import { overviewTexts } from "../../../../texts/operations-overview.ts";
import { Failed } from "../../parts/list-states.tsx";
import { Part } from "../../parts/part.tsx";
import { useFilters } from "../../parts/use-filters.ts";
import { type ChartPoint, type ChartRange, type Charts, useCharts } from "../hooks.ts";
import { Bars } from "./bars.tsx";
import { Lines } from "./lines.tsx";

const texts = overviewTexts.charts;
const RANGES = ["hour", "day", "week"] as const;
const isRange = (value: string | undefined): value is ChartRange => RANGES.some((range) => range === value);

/** What arrived, what failed, and how long people waited, over an hour, a day or a week. */
export function ChartsPart() {
  const filters = useFilters("range");
  const range = isRange(filters.values.range) ? filters.values.range : "hour";
  const charts = useCharts(range);
  return (
    <Part
      title={texts.title}
      anchor="charts"
      aside={<RangeSwitch range={range} onPick={(next) => filters.set("range", next)} />}
    >
      {charts.data ? (
        <Three charts={charts.data} />
      ) : charts.error ? (
        <Failed error={charts.error} retry={() => void charts.refetch()} title={texts.failed} />
      ) : (
        <div role="status" className="grid gap-4 lg:grid-cols-2">
          <span className="sr-only">{texts.loading}</span>
          {["a", "b", "c"].map((key) => (
            <div key={key} className="rounded-md border border-line bg-surface p-5 last:lg:col-span-2">
              <Skeleton className="h-5 w-32" />
              <Skeleton className="mt-3 h-72 w-full" />
            </div>
          ))}
        </div>
      )}
    </Part>
  );
}

function RangeSwitch({ range, onPick }: { range: ChartRange; onPick: (range: ChartRange) => void }) {
  return (
    <fieldset className="flex rounded-md bg-sunken p-1">
      <legend className="sr-only">{texts.range}</legend>
      {RANGES.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === range}
          onClick={() => onPick(name)}
          className="min-h-9 rounded-sm px-3 text-small text-muted hover:text-text aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-text pointer-coarse:min-h-11"
        >
          {texts[name]}
        </button>
      ))}
    </fieldset>
  );
}

function Three({ charts: { points } }: { charts: Charts }) {
  const times = points.map(({ at }) => at);
  const of = (name: Exclude<keyof ChartPoint, "at">) => points.map((point) => point[name]);
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Bars
        title={texts.arrivals}
        about={texts.arrivalsAbout}
        empty={texts.arrivalsEmpty}
        times={times}
        stacks={[
          { name: texts.stored, values: of("stored"), fill: "fill-accent", mark: "border-accent" },
          { name: texts.skipped, values: of("skipped"), fill: "fill-accent/45", mark: "border-accent/45" },
          {
            name: texts.ignored,
            values: of("ignored"),
            fill: "fill-line-strong",
            mark: "border-line-strong",
          },
        ]}
      />
      <Bars
        title={texts.failures}
        about={texts.failuresAbout}
        empty={texts.failuresEmpty}
        times={times}
        stacks={[
          { name: texts.failedWebhooks, values: of("failed"), fill: "fill-danger", mark: "border-danger" },
          {
            name: texts.repliesFailed,
            values: of("replies_failed"),
            fill: "fill-danger/45",
            mark: "border-danger/45",
          },
        ]}
      />
      <div className="min-w-0 lg:col-span-2">
        <Lines
          title={texts.activation}
          about={texts.activationAbout}
          empty={texts.activationEmpty}
          times={times}
          lines={[
            { name: texts.p50, values: of("activation_p50"), stroke: "stroke-accent", mark: "border-accent" },
            {
              name: texts.p99,
              values: of("activation_p99"),
              stroke: "stroke-text [stroke-dasharray:6_4]",
              mark: "border-dashed border-text",
            },
            {
              name: texts.receipt,
              values: of("receipt_p99"),
              stroke: "stroke-line-strong [stroke-dasharray:2_3]",
              mark: "border-dotted border-line-strong",
            },
          ]}
        />
      </div>
    </div>
  );
}
