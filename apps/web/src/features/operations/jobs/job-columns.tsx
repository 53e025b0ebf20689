import { jobTexts as texts } from "../../../texts/operations-work.ts";
import type { Column } from "../parts/data-table.tsx";
import { Moment } from "../parts/moment.tsx";
import { RowButton } from "../parts/row-button.tsx";
import { ShortId } from "../parts/short-id.tsx";
import { type PillTone, StatusPill } from "../parts/status-pill.tsx";
import { inSeconds } from "../parts/units.ts";
import type { JobState } from "./hooks.ts";

const TONES: Record<JobState["state"], PillTone> = { ok: "good", failing: "problem", hung: "problem" };

/** What is told of each job on each server; any can be restarted. */
export const jobColumns = (onRestart: (job: string) => void): Column<JobState>[] => [
  { name: texts.columns.job, cell: ({ job }) => <span className="font-medium">{job}</span> },
  {
    name: texts.columns.state,
    cell: ({ state, running_since, restart_asked_at }) => (
      <span className="grid justify-items-start gap-0.5">
        <StatusPill tone={TONES[state]}>{texts.states[state]}</StatusPill>
        {running_since ? (
          <span className="text-muted">
            {texts.runningSince} <Moment at={running_since} />
          </span>
        ) : null}
        {restart_asked_at ? (
          <span className="text-muted">
            {texts.restartAsked} <Moment at={restart_asked_at} />
          </span>
        ) : null}
      </span>
    ),
  },
  {
    name: texts.columns.server,
    cell: ({ server_id }) => <ShortId id={server_id} />,
  },
  {
    name: texts.columns.success,
    cell: ({ last_success_at }) => (last_success_at ? <Moment at={last_success_at} /> : texts.never),
  },
  { name: texts.columns.every, isNumber: true, cell: ({ every_ms }) => inSeconds(every_ms / 1000) },
  { name: texts.columns.lag, isNumber: true, cell: ({ lag_seconds }) => inSeconds(lag_seconds) },
  {
    name: texts.columns.error,
    cell: ({ last_error, last_failure_at }) =>
      last_error ? (
        <>
          {last_error}
          {last_failure_at ? (
            <span className="block text-muted">
              <Moment at={last_failure_at} />
            </span>
          ) : null}
        </>
      ) : null,
  },
  {
    name: texts.columns.restart,
    isAction: true,
    cell: ({ job, server_id }) => (
      <RowButton aria-label={texts.restartLabel(job, server_id)} onClick={() => onRestart(job)}>
        {texts.restart}
      </RowButton>
    ),
  },
];
