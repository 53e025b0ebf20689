import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type Failure, failureOf } from "../../lib/failure.ts";

interface Leaving {
  go: () => void;
  /** True from the press until the other page has taken over. */
  busy: boolean;
  failure: Failure | null;
}

/** Fetches the address of a page elsewhere and goes there; however often it is pressed, it happens once. */
export function useLeaveFor(
  fetchUrl: () => Promise<{ url: string }>,
  onFailure?: (failure: Failure) => void,
): Leaving {
  const [leaving, setLeaving] = useState(false);
  const running = useRef(false);
  const mutation = useMutation({
    mutationFn: fetchUrl,
    onSuccess: ({ url }) => {
      setLeaving(true);
      location.assign(url);
    },
    onError: (thrown) => {
      running.current = false;
      onFailure?.(failureOf(thrown));
    },
  });
  useEffect(() => {
    // The back button may bring this very page back, still busy.
    const back = (event: PageTransitionEvent) => {
      if (!event.persisted) return;
      running.current = false;
      setLeaving(false);
    };
    addEventListener("pageshow", back);
    return () => removeEventListener("pageshow", back);
  }, []);
  const go = () => {
    if (running.current) return;
    running.current = true;
    mutation.mutate();
  };
  return {
    go,
    busy: mutation.isPending || leaving,
    failure: mutation.error ? failureOf(mutation.error) : null,
  };
}
