import type { Outputs } from "@liveassist/api/contract";
import { trpc } from "../../../lib/trpc.ts";
import { type ConsoleList, useConsoleList } from "../parts/use-console-list.ts";

export type Action = Outputs["operations"]["listActions"]["actions"][number];

interface ActionFilters {
  userId: string | undefined;
  actorId: string | undefined;
}

export function useActions({ userId, actorId }: ActionFilters): ConsoleList<Action> {
  const { client } = trpc.useUtils();
  const filter = { ...(userId ? { userId } : {}), ...(actorId ? { actorId } : {}) };
  return useConsoleList({
    about: ["actions", filter],
    ask: (cursor, signal) =>
      client.operations.listActions.query({ ...filter, ...(cursor ? { cursor } : {}) }, { signal }),
    rows: (page) => page.actions,
    idOf: ({ id }) => id,
  });
}
