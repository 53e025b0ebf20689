import type { Inputs, Outputs } from "@liveassist/api/contract";
import type { TimelineEntry } from "@liveassist/shared/inputs/operations";
import { trpc } from "../../../lib/trpc.ts";
import { orNone } from "../or-none.ts";
import { useConsoleAction } from "../parts/use-console-action.ts";
import { useConsoleList } from "../parts/use-console-list.ts";
import { useConsoleQuery } from "../parts/use-console-query.ts";
import { saveJson } from "./save-json.ts";

export type ListedUser = Outputs["admin"]["listUsers"]["users"][number];
export type WholeUser = Outputs["admin"]["readUser"];
export type UserFilters = Omit<Inputs["admin"]["listUsers"], "cursor" | "limit">;
export type TimelineKind = TimelineEntry["kind"];

const FEW = 8;

/** Everybody, newest first, or whom the filters find. */
export function useUsers(filters: UserFilters) {
  const { client } = trpc.useUtils();
  return useConsoleList({
    about: ["users", filters],
    ask: (cursor, signal) =>
      client.admin.listUsers.query({ ...filters, ...(cursor ? { cursor } : {}) }, { signal }),
    rows: ({ users }) => users,
    idOf: ({ id }) => id,
  });
}

/** A few users that fit what is typed; nothing is asked for an empty text. */
export function useFoundUsers(typed: string) {
  const { client } = trpc.useUtils();
  return useConsoleQuery(
    ["found users", typed],
    async (signal): Promise<ListedUser[]> => {
      const { users } = await client.admin.listUsers.query({ q: typed, limit: FEW }, { signal });
      return users;
    },
    { enabled: typed !== "" },
  );
}

/** One user with what belongs to them; null when there is none. */
export function useOneUser(userId: string | undefined) {
  const { client } = trpc.useUtils();
  return useConsoleQuery<WholeUser | null>(
    ["user", userId],
    (signal) => orNone(client.admin.readUser.query({ userId: userId ?? "" }, { signal })),
    { enabled: userId !== undefined },
  );
}

/** The story of a user, newest first; no kinds: all of them. */
export function useTimeline(userId: string, kinds: TimelineKind[]) {
  const { client } = trpc.useUtils();
  return useConsoleList({
    about: ["timeline", userId, kinds],
    ask: (cursor, signal) => {
      const some = { ...(kinds.length === 0 ? {} : { kinds }), ...(cursor ? { cursor } : {}) };
      return client.admin.readTimeline.query({ userId, ...some }, { signal });
    },
    rows: ({ entries }) => entries,
    idOf: ({ id }) => id,
  });
}

/** Puts everything that is kept about a user into a file of the browser's downloads. */
export function useExport(userId: string, onDone: () => void) {
  const { client } = trpc.useUtils();
  return useConsoleAction(
    () => client.admin.exportUser.mutate({ userId }),
    (exported) => {
      saveJson(`liveassist-${userId}.json`, exported);
      onDone();
    },
  );
}

/** Deletes the account of a user; their e-mail says that it is the right one. */
export function useErase(userId: string, onDone: () => void) {
  const { client } = trpc.useUtils();
  return useConsoleAction((email: string) => client.admin.eraseUser.mutate({ userId, email }), onDone);
}
