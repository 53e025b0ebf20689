import { useEffect, useRef, useState } from "react";
import { pollDelayMs } from "./poll-schedule.ts";

/** Asks at 1, 2, 4 … s while `active`, and stops after a bounded number of tries; true when it has stopped. */
export function usePolling(active: boolean, ask: () => Promise<unknown>): boolean {
  const [exhausted, setExhausted] = useState(false);
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    if (!active) return;
    let tries = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const next = () => {
      const delay = pollDelayMs(tries);
      if (stopped) return;
      if (delay === null) return setExhausted(true);
      timer = setTimeout(async () => {
        tries += 1;
        await latest.current();
        next();
      }, delay);
    };
    next();
    return () => {
      stopped = true;
      clearTimeout(timer);
      setExhausted(false);
    };
  }, [active]);
  return exhausted;
}
