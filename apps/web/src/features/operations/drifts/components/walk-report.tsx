import type { ReactNode } from "react";
import { Spinner } from "../../../../components/spinner.tsx";
import { formats } from "../../../../lib/format.ts";
import { driftTexts } from "../../../../texts/operations-ledger.ts";
import { Moment } from "../../parts/moment.tsx";
import { StatusPill } from "../../parts/status-pill.tsx";
import type { Walk } from "../hooks.ts";
import { WALK_TONES } from "../walk-tones.ts";

const texts = driftTexts.walk;
const isPhase = (phase: string): phase is keyof typeof texts.phases => Object.hasOwn(texts.phases, phase);

/** One walk: how far it is, and what it counted. */
export function WalkReport({ walk }: { walk: Walk }) {
  const counted = (Object.keys(texts.counts) as (keyof typeof texts.counts)[]).flatMap((name) => {
    const count = walk.counts[name];
    return count === undefined ? [] : [{ name: texts.counts[name], count }];
  });
  return (
    <div data-testid="last-walk" className="rounded-md border border-line bg-surface p-4 sm:p-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <StatusPill tone={WALK_TONES[walk.state]}>{texts.states[walk.state]}</StatusPill>
        <p className="font-medium">{texts.walkNo(walk.id)}</p>
        <p className="text-small text-muted">
          {texts.began} <Moment at={walk.started_at} />
          {walk.finished_at ? (
            <>
              {" "}
              · {texts.ended} <Moment at={walk.finished_at} />
            </>
          ) : null}
        </p>
        {walk.state === "running" ? (
          <p className="inline-flex items-center gap-2 text-small text-muted">
            <Spinner />
            {texts.phase}: {isPhase(walk.phase) ? texts.phases[walk.phase] : walk.phase}
          </p>
        ) : null}
      </div>
      {counted.length === 0 ? null : (
        <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 tabular-nums sm:grid-cols-3 lg:grid-cols-5">
          {counted.map(({ name, count }) => (
            <Counted key={name} name={name}>
              {formats.number(count)}
            </Counted>
          ))}
        </dl>
      )}
    </div>
  );
}

function Counted({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="text-small text-muted">{name}</dt>
      <dd className="text-lead">{children}</dd>
    </div>
  );
}
