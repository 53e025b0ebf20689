import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { backoffMs } from "../lib/backoff.ts";
import { failureOf, isTransient } from "../lib/failure.ts";

/** The cache of one signed-in user: stale after 2 minutes, retried with backoff but never on a lost login (R26). */
export function makeQueryClient(loginEnded: () => void): QueryClient {
  const onError = (thrown: unknown) => {
    if (failureOf(thrown).kind === "auth") loginEnded();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 2 * 60_000,
        refetchOnWindowFocus: true,
        refetchOnReconnect: true,
        retry: (failures, thrown) => failures < 3 && isTransient(failureOf(thrown)),
        retryDelay: (attempt) => backoffMs(attempt, 8000),
      },
      mutations: { networkMode: "always" },
    },
  });
}
