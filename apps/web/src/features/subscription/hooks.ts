import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { type Failure, failureOf } from "../../lib/failure.ts";
import { trpc } from "../../lib/trpc.ts";
import { useAuth, useUser } from "../account/auth-context.tsx";
import { subscriptionKeys } from "./keys.ts";
import type { Billing, Offer, Status, Withdrawal } from "./types.ts";

/** The subscription's status, kept fresh as requirements R26 say. */
export function useStatus(): UseQueryResult<Status> {
  const { id } = useUser();
  const { client } = trpc.useUtils();
  return useQuery({
    queryKey: subscriptionKeys.status(id),
    queryFn: ({ signal }) => client.subscription.status.query(undefined, { signal }),
  });
}

/** What there is to buy, for who may buy it. */
export function useOffer(enabled: boolean): UseQueryResult<Offer> {
  const { id } = useUser();
  const { client } = trpc.useUtils();
  return useQuery({
    queryKey: subscriptionKeys.offer(id),
    queryFn: ({ signal }) => client.subscription.offer.query(undefined, { signal }),
    enabled,
  });
}

/** Card, receipts and what is open, asked from the payment service each time. */
export function useBilling(enabled: boolean): UseQueryResult<Billing> {
  const { id } = useUser();
  const { client } = trpc.useUtils();
  return useQuery({
    queryKey: subscriptionKeys.billing(id),
    queryFn: ({ signal }) => client.subscription.billing.query(undefined, { signal }),
    enabled,
  });
}

const UNFINISHED_LOOK_MS = 15_000;

/** Whether one may withdraw, or has; looked at again until Premium has ended and the money is back. */
export function useWithdrawal(enabled: boolean): UseQueryResult<Withdrawal> {
  const { id, entitlements } = useUser();
  const { client } = trpc.useUtils();
  return useQuery({
    queryKey: subscriptionKeys.withdrawal(id),
    queryFn: ({ signal }) => client.subscription.withdrawal.query(undefined, { signal }),
    enabled,
    refetchInterval: ({ state: { data } }) => {
      const unfinished = data?.refund?.state === "pending" || entitlements.premium_badge;
      return data?.state === "received" && unfinished ? UNFINISHED_LOOK_MS : false;
    },
  });
}

export interface PostPayment {
  /** Marks everything known about the subscription as old; what is on the screen is asked again. */
  invalidateSubscription: () => Promise<void>;
  /** Has the server ask the payment service now, and takes the answer over everywhere. */
  refreshSubscription: () => Promise<Status>;
}

/** What has to happen after money moved (requirements R26). */
export function usePostPayment(): PostPayment {
  const { id } = useUser();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  const takeOver = useTakeOver();
  return useMemo(
    () => ({
      invalidateSubscription: () => queries.invalidateQueries({ queryKey: subscriptionKeys.all(id) }),
      refreshSubscription: async () => takeOver(await client.subscription.refresh.mutate()),
    }),
    [id, client, queries, takeOver],
  );
}

/** Puts an answered status where everybody reads it, and reads the user again. */
export function useTakeOver(): (status: Status) => Status {
  const { id } = useUser();
  const { refreshUser } = useAuth();
  const queries = useQueryClient();
  return useCallback(
    (status: Status) => {
      queries.setQueryData(subscriptionKeys.status(id), status);
      void queries.invalidateQueries({ queryKey: subscriptionKeys.offer(id) });
      refreshUser().catch(() => undefined);
      return status;
    },
    [id, queries, refreshUser],
  );
}

export interface Action {
  run: () => void;
  busy: boolean;
  failure: Failure | null;
  forget: () => void;
}

/** One thing to do with the subscription: once at a time, its answer taken over, its failure kept for the screen. */
export function useAction(what: "refresh" | "cancel" | "cancel-now" | "resume", onDone?: () => void): Action {
  const { client } = trpc.useUtils();
  const takeOver = useTakeOver();
  const { invalidateSubscription } = usePostPayment();
  const { subscription } = client;
  const work = {
    refresh: () => subscription.refresh.mutate(),
    cancel: () => subscription.cancel.mutate({ when: "period_end" }),
    "cancel-now": () => subscription.cancel.mutate({ when: "now" }),
    resume: () => subscription.resume.mutate(),
  }[what];
  const mutation = useMutation({
    mutationFn: work,
    onSuccess: (status) => {
      takeOver(status);
      onDone?.();
    },
    onError: (thrown) => {
      // A refusal means that the screen is out of date.
      if (failureOf(thrown).kind === "refused") void invalidateSubscription();
    },
  });
  return {
    run: () => {
      if (!mutation.isPending) mutation.mutate();
    },
    busy: mutation.isPending,
    failure: mutation.error ? failureOf(mutation.error) : null,
    forget: mutation.reset,
  };
}
