import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Failure, failureOf } from "../../../lib/failure.ts";
import { useUser } from "../../account/auth-context.tsx";
import { consoleKeys } from "./keys.ts";

export interface ConsoleAction<Input> {
  run: (input: Input) => void;
  busy: boolean;
  /** What is being done, while it is. */
  doing: Input | undefined;
  failure: Failure | null;
  /** Forgets the failure, for a dialog that opens again. */
  reset: () => void;
}

/** Something an administrator does, once at a time; afterwards everything the console shows is asked for again. */
export function useConsoleAction<Input, Result>(
  work: (input: Input) => Promise<Result>,
  onDone?: (result: Result, input: Input) => void,
): ConsoleAction<Input> {
  const { id } = useUser();
  const queries = useQueryClient();
  const mutation = useMutation({
    mutationFn: work,
    onSuccess: (result, input) => onDone?.(result, input),
    // Also what failed may have been done.
    onSettled: () => void queries.invalidateQueries({ queryKey: consoleKeys.all(id) }),
  });
  return {
    run: (input) => {
      if (!mutation.isPending) mutation.mutate(input);
    },
    busy: mutation.isPending,
    doing: mutation.isPending ? mutation.variables : undefined,
    failure: mutation.error ? failureOf(mutation.error) : null,
    reset: mutation.reset,
  };
}
