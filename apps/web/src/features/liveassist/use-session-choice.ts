import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { type Failure, failureOf } from "../../lib/failure.ts";
import { trpc } from "../../lib/trpc.ts";
import { useAuth, useUser } from "../account/auth-context.tsx";
import { discardFiles } from "../uploads/tray-of-place.ts";
import { liveassistKeys } from "./keys.ts";

interface SessionChoice {
  /** Null until there is one. */
  sessionId: string | null;
  failure: Failure | null;
  retry: () => void;
}

/** The session to show: the one open last here, else the one used last, else a new one (requirements R27). */
export function useSessionChoice(): SessionChoice {
  const { id: userId } = useUser();
  const { liveassistSessionId, setLiveassistSessionId } = useAuth();
  const { client } = trpc.useUtils();
  const { data, error, refetch } = useQuery({
    queryKey: liveassistKeys.choice(userId),
    queryFn: async () => {
      const [last] = await client.liveassist.listSessions.query({ limit: 1 });
      return last?.id ?? (await client.liveassist.createSession.mutate()).sessionId;
    },
    enabled: liveassistSessionId === null,
    staleTime: 0,
    gcTime: 0,
  });
  useEffect(() => {
    if (liveassistSessionId === null && data) setLiveassistSessionId(data);
  }, [liveassistSessionId, data, setLiveassistSessionId]);
  return {
    sessionId: liveassistSessionId,
    failure: liveassistSessionId === null && error ? failureOf(error) : null,
    retry: () => void refetch(),
  };
}

/** Lets go of a session that is not there any more, or never was one's own; another one is chosen then. */
export function useDropSession(): (sessionId: string) => void {
  const { id: userId } = useUser();
  const { setLiveassistSessionId } = useAuth();
  const queries = useQueryClient();
  return useCallback(
    (sessionId: string) => {
      // What was chosen before must not bring back what is gone.
      queries.removeQueries({ queryKey: liveassistKeys.choice(userId) });
      setLiveassistSessionId(null);
      queries.removeQueries({ queryKey: liveassistKeys.thread(userId, sessionId) });
      void queries.invalidateQueries({ queryKey: liveassistKeys.sessions(userId) });
      void discardFiles({ userId, endpoint: "liveassist", scope: sessionId });
    },
    [userId, queries, setLiveassistSessionId],
  );
}
