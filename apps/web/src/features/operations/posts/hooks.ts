import type { Inputs, Reported } from "@liveassist/api/contract";
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Failure, failureOf } from "../../../lib/failure.ts";
import { trpc } from "../../../lib/trpc.ts";
import { useUser } from "../../account/auth-context.tsx";
import { communityKeys } from "../../community/keys.ts";

type Resolution = Inputs["community"]["resolveReport"]["resolution"];

const LOOK_MS = 30_000;
const reportsKey = (userId: string) => ["reports", userId] as const;

/** Reported posts that nobody has looked at, oldest first; for administrators. */
export function useReports(): UseQueryResult<Reported[]> {
  const { id } = useUser();
  const { client } = trpc.useUtils();
  return useQuery({
    queryKey: reportsKey(id),
    queryFn: ({ signal }) => client.community.listReports.query(undefined, { signal }),
    staleTime: LOOK_MS,
    refetchInterval: LOOK_MS,
  });
}

interface Resolving {
  resolve: (resolution: Resolution) => void;
  /** What is being decided; null: nothing. */
  resolving: Resolution | null;
  failure: Failure | null;
}

/** Decides about one reported post; it leaves the list then. */
export function useResolveReport(postId: string, onDone: (resolution: Resolution) => void): Resolving {
  const { id } = useUser();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  const mutation = useMutation({
    mutationFn: async (resolution: Resolution) => {
      try {
        await client.community.resolveReport.mutate({ postId, resolution });
      } catch (thrown) {
        // Another administrator was faster, or its author has deleted it.
        if (failureOf(thrown).code !== "NOT_FOUND") throw thrown;
      }
      await queries.cancelQueries({ queryKey: reportsKey(id) });
      queries.setQueryData<Reported[]>(reportsKey(id), (known) =>
        known?.filter(({ post }) => post.id !== postId),
      );
      void queries.invalidateQueries({ queryKey: communityKeys.all(id) });
      onDone(resolution);
    },
  });
  return {
    resolve: (resolution) => {
      if (!mutation.isPending) mutation.mutate(resolution);
    },
    resolving: mutation.isPending ? mutation.variables : null,
    failure: mutation.error ? failureOf(mutation.error) : null,
  };
}
