import type { Outputs } from "@liveassist/api/contract";
import { trpc } from "../../../lib/trpc.ts";
import { type ConsoleAction, useConsoleAction } from "../parts/use-console-action.ts";
import { type ConsoleList, useConsoleList } from "../parts/use-console-list.ts";

export type Walk = Outputs["admin"]["listWalks"]["walks"][number];
export type Drift = Outputs["admin"]["listDrifts"]["drifts"][number];
type Started = Outputs["admin"]["startWalk"];

export function useWalks(): ConsoleList<Walk> {
  const { client } = trpc.useUtils();
  return useConsoleList({
    about: ["walks"],
    ask: (cursor, signal) =>
      client.admin.listWalks.query({ limit: 10, ...(cursor ? { cursor } : {}) }, { signal }),
    rows: (page) => page.walks,
    idOf: ({ id }) => id,
  });
}

interface DriftFilters {
  onlyOpen: boolean;
  customerId: string | undefined;
}

export function useDrifts({ onlyOpen, customerId }: DriftFilters): ConsoleList<Drift> {
  const { client } = trpc.useUtils();
  const filter = { ...(onlyOpen ? { open: true } : {}), ...(customerId ? { customerId } : {}) };
  return useConsoleList({
    about: ["drifts", filter],
    ask: (cursor, signal) =>
      client.admin.listDrifts.query({ ...filter, ...(cursor ? { cursor } : {}) }, { signal }),
    rows: (page) => page.drifts,
    idOf: ({ id }) => id,
  });
}

export function useStartWalk(
  onDone: (started: Started) => void,
): ConsoleAction<{ acceptDowngrades?: boolean }> {
  const { client } = trpc.useUtils();
  return useConsoleAction(
    (input: { acceptDowngrades?: boolean }) => client.admin.startWalk.mutate(input),
    onDone,
  );
}

export function useRepairDrift(onDone: (drift: Drift) => void): ConsoleAction<{ driftId: number }> {
  const { client } = trpc.useUtils();
  return useConsoleAction((input: { driftId: number }) => client.admin.repairDrift.mutate(input), onDone);
}
