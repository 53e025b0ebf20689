import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type Failure, failureOf } from "../../lib/failure.ts";
import { trpc } from "../../lib/trpc.ts";
import { useAuth, useUser } from "../account/auth-context.tsx";
import { writeDraft } from "../liveassist/draft.ts";
import { liveassistKeys } from "../liveassist/keys.ts";

interface Opening {
  open: (prompt: string) => void;
  /** What is being opened; null: nothing. */
  opening: string | null;
  failure: Failure | null;
}

/** Opens a new LiveAssist session in which these words stand ready to be sent. */
export function useOpenSession(): Opening {
  const { id } = useUser();
  const { setLiveassistSessionId } = useAuth();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mutation = useMutation({
    mutationFn: async (prompt: string) => {
      const { sessionId } = await client.liveassist.createSession.mutate();
      writeDraft(sessionId, prompt);
      setLiveassistSessionId(sessionId);
      void queries.invalidateQueries({ queryKey: liveassistKeys.sessions(id) });
      await navigate({ to: "/liveassist" });
    },
  });
  return {
    open: (prompt) => {
      if (!mutation.isPending) mutation.mutate(prompt);
    },
    opening: mutation.isPending ? mutation.variables : null,
    failure: mutation.error ? failureOf(mutation.error) : null,
  };
}
