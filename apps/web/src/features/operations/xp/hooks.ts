import type { Outputs } from "@liveassist/api/contract";
import { trpc } from "../../../lib/trpc.ts";
import { useConsoleList } from "../parts/use-console-list.ts";

export type Grant = Outputs["admin"]["listXp"]["entries"][number];

/** Every grant, newest first, or those of one user. */
export function useXpLedger(userId: string | undefined) {
  const { client } = trpc.useUtils();
  return useConsoleList({
    about: ["xp", userId],
    ask: (cursor, signal) => {
      const some = { ...(userId === undefined ? {} : { userId }), ...(cursor ? { cursor } : {}) };
      return client.admin.listXp.query(some, { signal });
    },
    rows: ({ entries }) => entries,
    idOf: ({ id }) => id,
  });
}
