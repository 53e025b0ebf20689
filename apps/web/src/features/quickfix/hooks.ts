import { useMutation } from "@tanstack/react-query";
import { type Failure, failureOf } from "../../lib/failure.ts";
import { useOpenSession } from "../liveassist/use-open-session.ts";

interface Opening {
  open: (prompt: string) => void;
  /** What is being opened; null: nothing. */
  opening: string | null;
  failure: Failure | null;
}

/** Opens a new LiveAssist session in which these words stand ready; a photo can be added before they are sent. */
export function useStarter(): Opening {
  const openSession = useOpenSession();
  const mutation = useMutation({ mutationFn: openSession });
  return {
    open: (prompt) => {
      if (!mutation.isPending) mutation.mutate(prompt);
    },
    opening: mutation.isPending ? mutation.variables : null,
    failure: mutation.error ? failureOf(mutation.error) : null,
  };
}
