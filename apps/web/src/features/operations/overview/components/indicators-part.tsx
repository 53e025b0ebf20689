import type { Outputs } from "@liveassist/api/contract";
import { INDICATORS, type IndicatorName } from "@liveassist/shared/indicators";
import type { UseQueryResult } from "@tanstack/react-query";
import { Skeleton } from "../../../../components/skeleton.tsx";
import { classNames } from "../../../../lib/class-names.ts";
import { overviewTexts } from "../../../../texts/operations-overview.ts";
import { Failed } from "../../parts/list-states.tsx";
import { Moment } from "../../parts/moment.tsx";
import { Part } from "../../parts/part.tsx";
import { type PillTone, StatusPill } from "../../parts/status-pill.tsx";
import { inWords } from "../../parts/units.ts";
import type { Indicator } from "../hooks.ts";

const texts = overviewTexts.indicators;
const GRID =
  "grid gap-px overflow-hidden rounded-md border border-line bg-line min-[30rem]:grid-cols-2 lg:grid-cols-3";
const TONES: Record<Indicator["state"], PillTone> = { ok: "good", alert: "problem", unknown: "calm" };

interface IndicatorsPartProps {
  indicators: UseQueryResult<Outputs["operations"]["readIndicators"]>;
}

/** Every indicator against its threshold. */
export function IndicatorsPart({ indicators: { data, error, refetch } }: IndicatorsPartProps) {
  return (
    <Part
      title={texts.title}
      aside={
        data ? (
          <p className="text-small text-muted">
            {texts.asOf} <Moment at={data.at} />
          </p>
        ) : null
      }
    >
      {data ? (
        <ul className={GRID}>
          {data.indicators.map((indicator) => (
            <Tile key={indicator.name} indicator={indicator} />
          ))}
        </ul>
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} title={texts.failed} />
      ) : (
        <Waiting />
      )}
    </Part>
  );
}

const isKnown = (name: string): name is IndicatorName => Object.hasOwn(INDICATORS, name);

function Tile({ indicator }: { indicator: Indicator }) {
  const { name, unit, value, threshold, state } = indicator;
  const words = isKnown(name) ? texts.names[name] : { name, about: "" };
  return (
    <li
      data-testid={`indicator-${name}`}
      className={classNames("flex flex-col p-4", state === "alert" ? "bg-danger-soft" : "bg-surface")}
    >
      <div className="flex items-center justify-between gap-3">
        <h3 className="text-base font-medium">{words.name}</h3>
        <StatusPill tone={TONES[state]}>{texts[state]}</StatusPill>
      </div>
      <p className="text-small text-muted">{words.about}</p>
      <p className="mt-auto flex flex-wrap items-baseline justify-between gap-x-3 pt-2">
        <span className={classNames("tabular-nums", value === null ? "text-muted" : "text-lead font-medium")}>
          {value === null ? texts.nothing : inWords(value, unit)}
        </span>
        <span className="text-small text-muted tabular-nums">
          {threshold === null ? texts.noThreshold : texts.threshold(inWords(threshold, unit))}
        </span>
      </p>
    </li>
  );
}

function Waiting() {
  return (
    <div role="status" className={GRID}>
      <span className="sr-only">{texts.loading}</span>
      {Object.keys(INDICATORS).map((name) => (
        <div key={name} className="bg-surface p-4">
          <Skeleton className="h-5 w-32" />
          <Skeleton className="mt-2 h-4 w-44 max-w-full" />
          <Skeleton className="mt-4 h-5 w-16" />
        </div>
      ))}
    </div>
  );
}
