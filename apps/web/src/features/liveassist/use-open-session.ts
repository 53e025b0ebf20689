import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { trpc } from "../../lib/trpc.ts";
import { useAuth, useUser } from "../account/auth-context.tsx";
import { writeDraft } from "./draft.ts";
import { liveassistKeys } from "./keys.ts";

/**
 * Begins a new session with a text ready to be sent, and goes there; for whatever leads into the chat, such as
 * QuickFix. Throws what the request throws, and then nothing has changed.
 */
export function useOpenSession(): (draft: string) => Promise<void> {
  const { id: userId } = useUser();
  const { setLiveassistSessionId } = useAuth();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useCallback(
    async (draft: string) => {
      const { sessionId } = await client.liveassist.createSession.mutate();
      writeDraft(sessionId, draft);
      setLiveassistSessionId(sessionId);
      void queries.invalidateQueries({ queryKey: liveassistKeys.sessions(userId) });
      await navigate({ to: "/liveassist" });
    },
    [userId, client, queries, navigate, setLiveassistSessionId],
  );
}
