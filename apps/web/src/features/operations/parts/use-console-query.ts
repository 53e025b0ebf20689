import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useUser } from "../../account/auth-context.tsx";
import { consoleKeys, LOOK_MS } from "./keys.ts";

/**
 * One answer of the console, asked for again every three seconds while the page is looked at. `about` is the call's name
 * and its input: the same `about` shares one answer.
 */
export function useConsoleQuery<Answer>(
  about: readonly unknown[],
  ask: (signal: AbortSignal) => Promise<Answer>,
  { everyMs = LOOK_MS, enabled = true }: { everyMs?: number; enabled?: boolean } = {},
): UseQueryResult<Answer> {
  const { id } = useUser();
  return useQuery({
    queryKey: consoleKeys.of(id, ...about),
    queryFn: ({ signal }) => ask(signal),
    staleTime: everyMs,
    // Null: there is no such thing, and asking again every few seconds makes none.
    refetchInterval: ({ state }) => (state.data === null ? false : everyMs),
    placeholderData: keepPreviousData,
    enabled,
  });
}
