import type { Outputs } from "@liveassist/api/contract";
import { trpc } from "../../../lib/trpc.ts";
import { type ConsoleAction, useConsoleAction } from "../parts/use-console-action.ts";
import { type ConsoleList, useConsoleList } from "../parts/use-console-list.ts";

export type Flag = Outputs["admin"]["listFlags"]["flags"][number];

interface FlagFilters {
  onlyOpen: boolean;
  userId: string | undefined;
}

export function useFlags({ onlyOpen, userId }: FlagFilters): ConsoleList<Flag> {
  const { client } = trpc.useUtils();
  const filter = { ...(onlyOpen ? { open: true } : {}), ...(userId ? { userId } : {}) };
  return useConsoleList({
    about: ["flags", filter],
    ask: (cursor, signal) =>
      client.admin.listFlags.query({ ...filter, ...(cursor ? { cursor } : {}) }, { signal }),
    rows: (page) => page.flags,
    idOf: ({ id }) => id,
  });
}

export function useResolveFlag(onDone: (flag: Flag) => void): ConsoleAction<{ id: string }> {
  const { client } = trpc.useUtils();
  return useConsoleAction((input: { id: string }) => client.admin.resolveFlag.mutate(input), onDone);
}
