import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { type Failure, failureOf } from "../../lib/failure.ts";
import { trpc } from "../../lib/trpc.ts";
import { useUser } from "../account/auth-context.tsx";
import { useSubscription } from "../subscription/subscription-context.tsx";
import { liveassistKeys } from "./keys.ts";
import { readOutbox, writeOutbox } from "./outbox.ts";
import { EMPTY_THREAD, PAGE, runningReply, type Thread, withNewestPage, withOlderPage } from "./thread.ts";

interface ThreadView {
  /** Undefined until the first answer; then it stays, whatever fails later. */
  thread: Thread | undefined;
  failure: Failure | null;
  refetch: () => void;
  loadOlder: () => void;
  older: "idle" | "loading" | "failed";
}

const asLeft = (sessionId: string): Thread => ({ ...EMPTY_THREAD, outgoing: readOutbox(sessionId) });

/** The messages of one session: kept while other pages are looked at, and asked for anew on coming back. */
export function useThread(sessionId: string): ThreadView {
  const { id: userId } = useUser();
  const { connection } = useSubscription();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  const queryKey = liveassistKeys.thread(userId, sessionId);
  const { data, error, refetch } = useQuery<Thread>({
    queryKey,
    queryFn: async ({ signal }) => {
      const page = await client.liveassist.listMessages.query({ sessionId, limit: PAGE }, { signal });
      const known = queries.getQueryData<Thread>(queryKey) ?? asLeft(sessionId);
      const next = withNewestPage(known, page);
      if (next.outgoing !== known.outgoing) writeOutbox(sessionId, next.outgoing, known.outgoing);
      return next;
    },
    refetchOnMount: "always",
    gcTime: Number.POSITIVE_INFINITY,
    // Threads are long, and their parts keep their identity by themselves.
    structuralSharing: false,
    refetchInterval: ({ state }) => {
      if (!connection.down) return false;
      return state.data && runningReply(state.data) ? 1500 : 10_000;
    },
  });
  const older = useOlderPages(sessionId, data);
  return {
    thread: data,
    failure: error ? failureOf(error) : null,
    refetch: () => void refetch(),
    ...older,
  };
}

function useOlderPages(sessionId: string, thread: Thread | undefined) {
  const { client } = trpc.useUtils();
  const change = useChangeThread(sessionId);
  const [older, setOlder] = useState<ThreadView["older"]>("idle");
  const asking = useRef(false);
  const before = thread?.hasOlder ? thread.messages[0]?.id : undefined;
  const loadOlder = useCallback(() => {
    if (before === undefined || asking.current) return;
    asking.current = true;
    setOlder("loading");
    client.liveassist.listMessages
      .query({ sessionId, before, limit: PAGE })
      .then((page) => {
        change((known) => withOlderPage(known, page));
        setOlder("idle");
      })
      .catch(() => setOlder("failed"))
      .finally(() => {
        asking.current = false;
      });
  }, [client, change, sessionId, before]);
  return { older, loadOlder };
}

/** Changes a thread where everybody reads it; what is not sent yet is kept on the disk with it. */
export function changeThread(
  queries: QueryClient,
  where: { userId: string; sessionId: string },
  change: (thread: Thread) => Thread,
): void {
  const key = liveassistKeys.thread(where.userId, where.sessionId);
  const known = queries.getQueryData<Thread>(key);
  if (!known) return;
  const next = change(known);
  if (next === known) return;
  queries.setQueryData(key, next);
  if (next.outgoing !== known.outgoing) writeOutbox(where.sessionId, next.outgoing, known.outgoing);
}

export function useChangeThread(sessionId: string): (change: (thread: Thread) => Thread) => void {
  const { id: userId } = useUser();
  const queries = useQueryClient();
  return useCallback(
    (change) => changeThread(queries, { userId, sessionId }, change),
    [queries, userId, sessionId],
  );
}
