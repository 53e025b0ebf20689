import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { failureOf } from "../../lib/failure.ts";
import { trpc } from "../../lib/trpc.ts";
import { useNow } from "../../lib/use-now.ts";
import { useUser } from "../account/auth-context.tsx";
import { forgetPlace, knownPlace } from "./checkout-place.ts";
import { type ReturnPhase, returnPhase } from "./checkout-return.ts";
import { useTakeOver } from "./hooks.ts";
import { subscriptionKeys } from "./keys.ts";
import type { Status } from "./types.ts";

export interface CheckoutReturn {
  phase: ReturnPhase;
  /** One came back from paying on this page, whatever became of it. */
  returned: boolean;
  /** What support can find the payment by. */
  sessionId: string | null;
  retry: () => void;
  dismiss: () => void;
}

interface Arrival {
  returned: boolean;
  sessionId: string | null;
  cancelled: boolean;
  wasActive: boolean;
  at: number;
}

const NOBODY: Arrival = { returned: false, sessionId: null, cancelled: false, wasActive: false, at: 0 };

function arrivalNow(): Arrival {
  const search = new URLSearchParams(location.search);
  const sessionId = search.get("session_id");
  const word = search.get("subscription");
  const returned = sessionId !== null || word === "success";
  return {
    returned,
    sessionId,
    cancelled: !returned && word === "cancelled",
    wasActive: false,
    at: Date.now(),
  };
}

/** Someone came back from checkout: confirms with the server, and takes the parameters out of the address (R25). */
export function useCheckoutReturn(status: Status | undefined): CheckoutReturn {
  const [arrival, setArrival] = useState(arrivalNow);
  const { returned, sessionId, cancelled, wasActive, at } = arrival;
  const { id } = useUser();
  const { client } = trpc.useUtils();
  const takeOver = useTakeOver();
  const navigate = useNavigate();
  const { subscription } = client;
  const ask = () => (sessionId ? subscription.confirm.mutate({ sessionId }) : subscription.refresh.mutate());
  const confirm = useQuery({
    queryKey: subscriptionKeys.confirm(id, sessionId ?? ""),
    queryFn: async () => takeOver(await ask()),
    enabled: returned,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const failure = confirm.error ? failureOf(confirm.error) : null;
  // A lost login or network finds the parameters again after the sign-in or a reload: they leave only after an answer.
  const answered = cancelled || confirm.isSuccess || failure?.kind === "refused";
  const [place, setPlace] = useState(() => (returned || cancelled ? knownPlace() : null));
  useEffect(() => {
    const settled = () => {
      forgetPlace();
      setPlace(null);
    };
    // What waits there for Premium goes by itself, and the draft is under the fingers again.
    if (place) void navigate({ to: place, search: true, replace: true }).finally(settled);
    else if (answered) void navigate({ to: ".", search: {}, replace: true });
  }, [place, answered, navigate]);

  const waiting = returned && !wasActive && !confirm.isError;
  const now = useNow(waiting ? 500 : 3_600_000);
  const phase = returnPhase({
    returned,
    cancelled,
    wasActive,
    confirmed: confirm.data,
    failure,
    status,
    waitedMs: now - at,
  });
  if (phase.kind === "active" && !wasActive) setArrival({ ...arrival, wasActive: true });
  return {
    phase,
    returned,
    sessionId,
    retry: () => void confirm.refetch(),
    dismiss: () => setArrival(NOBODY),
  };
}
