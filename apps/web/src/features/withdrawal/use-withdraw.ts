import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Failure, failureOf } from "../../lib/failure.ts";
import { trpc } from "../../lib/trpc.ts";
import { useAuth, useUser } from "../account/auth-context.tsx";
import { subscriptionKeys } from "../subscription/keys.ts";
import type { Withdrawal } from "../subscription/types.ts";
import { isOutdated, type Statement } from "./step.ts";

interface Withdraw {
  send: (statement: Statement) => void;
  busy: boolean;
  failure: Failure | null;
  forget: () => void;
}

/** Sends the statement, once; the server's answer is what the page shows from then on. */
export function useWithdraw(): Withdraw {
  const { id } = useUser();
  const { refreshUser } = useAuth();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  const renew = () => {
    refreshUser().catch(() => undefined);
    return queries.invalidateQueries({ queryKey: subscriptionKeys.all(id) });
  };
  const mutation = useMutation({
    mutationFn: (statement: Statement) => client.subscription.withdraw.mutate(statement),
    onSuccess: (answer: Withdrawal) => {
      queries.setQueryData(subscriptionKeys.withdrawal(id), answer);
      void renew();
    },
    onError: (thrown) => {
      if (isOutdated(failureOf(thrown))) void renew();
    },
  });
  return {
    send: (statement) => {
      if (!mutation.isPending) mutation.mutate(statement);
    },
    busy: mutation.isPending,
    failure: mutation.error ? failureOf(mutation.error) : null,
    forget: mutation.reset,
  };
}
