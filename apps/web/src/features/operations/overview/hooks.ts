import type { Inputs, Outputs } from "@liveassist/api/contract";
import type { UseQueryResult } from "@tanstack/react-query";
import { trpc } from "../../../lib/trpc.ts";
import { type ConsoleList, useConsoleList } from "../parts/use-console-list.ts";
import { useConsoleQuery } from "../parts/use-console-query.ts";

export type Incident = Outputs["operations"]["listIncidents"]["incidents"][number];
export type Charts = Outputs["operations"]["readCharts"];
export type ChartPoint = Charts["points"][number];
export type ChartRange = Inputs["operations"]["readCharts"]["range"];
export type Indicator = Outputs["operations"]["readIndicators"]["indicators"][number];
export type Server = Outputs["operations"]["readIndicators"]["servers"][number];

const CHARTS_MS = 15_000;

/** Alerts from firing to clearing, open ones first. */
export function useIncidents(): ConsoleList<Incident> {
  const { client } = trpc.useUtils();
  return useConsoleList({
    about: ["incidents"],
    ask: (cursor, signal) =>
      client.operations.listIncidents.query({ limit: 20, ...(cursor ? { cursor } : {}) }, { signal }),
    rows: (page) => page.incidents,
    idOf: ({ id }) => id,
  });
}

export function useCharts(range: ChartRange): UseQueryResult<Charts> {
  const { client } = trpc.useUtils();
  return useConsoleQuery(
    ["charts", range],
    (signal) => client.operations.readCharts.query({ range }, { signal }),
    { everyMs: CHARTS_MS },
  );
}
