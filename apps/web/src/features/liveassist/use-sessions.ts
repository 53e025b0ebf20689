import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { trpc } from "../../lib/trpc.ts";
import { useAuth, useUser } from "../account/auth-context.tsx";
import { discardFiles } from "../uploads/tray-of-place.ts";
import { noteDeleted, noteKept } from "./deleted-here.ts";
import { liveassistKeys } from "./keys.ts";
import { rowCount } from "./rows.ts";
import type { Thread } from "./thread.ts";
import { useDropSession } from "./use-session-choice.ts";

const PAGE = 50;

/** One's sessions, last used first, or those that a search finds; further pages on demand. */
export function useSessions(query: string) {
  const { id: userId } = useUser();
  const { client } = trpc.useUtils();
  return useInfiniteQuery({
    queryKey: liveassistKeys.search(userId, query),
    queryFn: ({ signal, pageParam }) =>
      client.liveassist.listSessions.query(
        {
          limit: PAGE,
          ...(query === "" ? {} : { query }),
          ...(pageParam === null ? {} : { before: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.length < PAGE ? null : (page.at(-1)?.id ?? null)),
    placeholderData: keepPreviousData,
  });
}

/** The name of the open session; null while it has none, or nobody knows it yet. */
export function useSessionTitle(sessionId: string): string | null {
  const { data } = useSessions("");
  return data?.pages.flat().find(({ id }) => id === sessionId)?.title ?? null;
}

/** Begins a session and opens it. An empty one that is open already is as good as a new one. */
export function useCreateSession(openId: string | null) {
  const { id: userId } = useUser();
  const { setLiveassistSessionId } = useAuth();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  const creation = useMutation({
    mutationFn: () => client.liveassist.createSession.mutate(),
    onSuccess: ({ sessionId }) => {
      setLiveassistSessionId(sessionId);
      void queries.invalidateQueries({ queryKey: liveassistKeys.sessions(userId) });
    },
  });
  const run = () => {
    const open = openId && queries.getQueryData<Thread>(liveassistKeys.thread(userId, openId));
    if (open && rowCount(open) === 0) document.getElementById("composer")?.focus();
    else if (!creation.isPending) creation.mutate();
  };
  return { run, isPending: creation.isPending, isError: creation.isError };
}

export function useRenameSession(sessionId: string, onDone: () => void) {
  const { id: userId } = useUser();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (title: string) => client.liveassist.renameSession.mutate({ sessionId, title }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: liveassistKeys.sessions(userId) });
      onDone();
    },
  });
}

/** Deletes; when it is the open one, another is chosen. */
export function useDeleteSession(sessionId: string, onDone: () => void) {
  const { id: userId } = useUser();
  const { liveassistSessionId } = useAuth();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  const drop = useDropSession();
  return useMutation({
    mutationFn: () => client.liveassist.deleteSession.mutate({ sessionId }),
    onMutate: () => noteDeleted(sessionId),
    onError: () => noteKept(sessionId),
    onSuccess: () => {
      if (liveassistSessionId === sessionId) drop(sessionId);
      else {
        queries.removeQueries({ queryKey: liveassistKeys.thread(userId, sessionId) });
        void discardFiles({ userId, endpoint: "liveassist", scope: sessionId });
      }
      void queries.invalidateQueries({ queryKey: liveassistKeys.sessions(userId) });
      onDone();
    },
  });
}
