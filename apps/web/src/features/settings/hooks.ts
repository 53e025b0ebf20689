import type { Login } from "@liveassist/api/contract";
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Failure, failureOf } from "../../lib/failure.ts";
import { trpc } from "../../lib/trpc.ts";
import { useUser } from "../account/auth-context.tsx";

const loginsKey = (userId: string) => ["logins", userId] as const;

/** Where the user is signed in, the newest first. */
export function useLogins(): UseQueryResult<Login[]> {
  const { id } = useUser();
  const { client } = trpc.useUtils();
  return useQuery({
    queryKey: loginsKey(id),
    queryFn: ({ signal }) => client.user.listLogins.query(undefined, { signal }),
  });
}

/** Ends one login; whoever uses it is signed out. */
export function useEndLogin(loginId: string): { end: () => void; busy: boolean; failure: Failure | null } {
  const { id } = useUser();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  const mutation = useMutation({
    mutationFn: () => client.user.revokeLogin.mutate({ id: loginId }),
    onSuccess: () => queries.invalidateQueries({ queryKey: loginsKey(id) }),
  });
  const end = () => {
    if (!mutation.isPending) mutation.mutate();
  };
  return { end, busy: mutation.isPending, failure: mutation.error ? failureOf(mutation.error) : null };
}
