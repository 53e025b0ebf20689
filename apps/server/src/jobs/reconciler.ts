import { type Deps, pauseByWall, reconcile } from "@liveassist/api";
import type { Vitals } from "../vitals.ts";
import { type Job, repeat } from "./repeat.ts";

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
export function startReconciler(deps: Deps, vitals: Vitals, everyMs: number): Job {
  const soonMs = everyMs / SOON;
  const lookMs = Math.min(MOST_MS, Math.max(LEAST_MS, everyMs / 4));
  const notBefore = soonMs > lookMs ? deps.clock.wall() + soonMs : 0;
  let dueMs = soonMs;
  return repeat(deps, vitals, {
    job: "reconciler",
    everyMs: lookMs,
    firstMs: Math.min(soonMs, lookMs),
    async turn(onStep, signal) {
      // One that somebody asked for, or that a killed server left, does not wait for that.
      const isSoon = deps.clock.wall() < notBefore;
      const dueEveryMs = isSoon ? null : dueMs;
      const inFlightMs = inFlightOf(everyMs);
      await reconcile(deps, { everyMs: dueEveryMs, inFlightMs, signal, pause: pauseByWall, onStep });
      if (!isSoon) dueMs = everyMs;
    },
  });
}
