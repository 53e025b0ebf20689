import { type Deps, pauseByWall, reconcile } from "@liveassist/api";

/** Looked at least this often whether a walk is due or waits to be taken up. */
const MOST_MS = 5_000;
const LEAST_MS = 250;
/** The first walk comes after a thirtieth of the interval, and is not due when another server began one within that time. */
const SOON = 30;
/** An event younger than a fifth of the interval, at most a minute, may still be on its way. */
const IN_FLIGHT = 5;
const MINUTE_MS = 60_000;

/** What is younger than this may still be on its way to us, when everything is compared so often; both in milliseconds. */
export const inFlightOf = (everyMs: number): number => Math.min(MINUTE_MS, everyMs / IN_FLIGHT);

/** Walks through everything every `everyMs` of wall time, whichever server comes first (requirements R21). */
export function startReconciler(deps: Deps, everyMs: number): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const soonMs = everyMs / SOON;
  let dueMs = soonMs;

  async function look(): Promise<void> {
    try {
      await reconcile(deps, {
        everyMs: dueMs,
        inFlightMs: inFlightOf(everyMs),
        signal,
        pause: pauseByWall,
      });
      dueMs = everyMs;
    } catch (error) {
      if (!signal.aborted) deps.log.error({ err: error }, "no walk could be led; trying again");
    }
  }

  async function run(): Promise<void> {
    await pauseByWall(soonMs, signal);
    while (!signal.aborted) {
      await look();
      await pauseByWall(Math.min(MOST_MS, Math.max(LEAST_MS, everyMs / 4)), signal);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
