import type { Outputs } from "@liveassist/api/contract";
import type { UseQueryResult } from "@tanstack/react-query";
import { formats } from "../../../../lib/format.ts";
import { overviewTexts } from "../../../../texts/operations-overview.ts";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { Empty, Loading } from "../../parts/list-states.tsx";
import { Moment } from "../../parts/moment.tsx";
import { Part } from "../../parts/part.tsx";
import { inSeconds } from "../../parts/units.ts";
import type { Server } from "../hooks.ts";

const texts = overviewTexts.servers;

const COLUMNS: Column<Server>[] = [
  { name: texts.columns.id, cell: ({ id }) => <code className="font-mono text-[0.8125rem]">{id}</code> },
  { name: texts.columns.started, cell: ({ started_at }) => <Moment at={started_at} /> },
  { name: texts.columns.seen, cell: ({ seen_at }) => <Moment at={seen_at} /> },
  { name: texts.columns.sockets, isNumber: true, cell: ({ sockets }) => formats.number(sockets) },
  { name: texts.columns.tail, isNumber: true, cell: ({ tail_lag_ms }) => inSeconds(tail_lag_ms / 1000) },
  {
    name: texts.columns.stripe,
    cell: ({ stripe_ok_at: ok, stripe_failed_at: failed }) => (
      <>
        {ok ? <Moment at={ok} /> : failed ? null : texts.notAsked}
        {failed && (!ok || failed > ok) ? (
          <span className="text-danger">
            {ok ? ", " : ""}
            {texts.stripeFailed} <Moment at={failed} />
          </span>
        ) : null}
      </>
    ),
  },
];

/** The servers that live, and when Stripe last answered each. */
export function ServersPart({
  indicators: { data, error },
}: {
  indicators: UseQueryResult<Outputs["operations"]["readIndicators"]>;
}) {
  // What went wrong is said once, where the indicators stand.
  if (!data && error) return null;
  return (
    <Part title={texts.title} anchor="servers">
      {!data ? (
        <Loading label={texts.title} rows={1} />
      ) : data.servers.length === 0 ? (
        <Empty title={texts.empty} text={texts.emptyText} />
      ) : (
        <DataTable label={texts.title} columns={COLUMNS} rows={data.servers} idOf={({ id }) => id} />
      )}
    </Part>
  );
}
