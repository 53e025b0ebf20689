import type { Outputs } from "@liveassist/api/contract";
import type { UseQueryResult } from "@tanstack/react-query";
import { trpc } from "../../../lib/trpc.ts";
import { type ConsoleAction, useConsoleAction } from "../parts/use-console-action.ts";
import { useConsoleQuery } from "../parts/use-console-query.ts";

type Jobs = Outputs["operations"]["listJobs"];
export type JobState = Jobs["jobs"][number];

export function useJobs(): UseQueryResult<Jobs> {
  const { client } = trpc.useUtils();
  return useConsoleQuery(["jobs"], (signal) => client.operations.listJobs.query(undefined, { signal }));
}

export function useRestartJob(onDone: (asked: number, job: string) => void): ConsoleAction<{ job: string }> {
  const { client } = trpc.useUtils();
  return useConsoleAction(
    (input: { job: string }) => client.operations.restartJob.mutate(input),
    ({ asked }, { job }) => onDone(asked, job),
  );
}
