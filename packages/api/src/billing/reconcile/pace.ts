import type { Deps } from "../../deps.ts";
import { isTransient, retryDelay } from "../fail-events.ts";

/** Calls a walk begins in a second: well below Stripe's 25 an endpoint and 100 in all, which purchases need (stripe-facts §7). */
const PER_SECOND = 10;
/** Tries of one call, half a second to 16 s apart. */
const TRIES = 6;

/** The walk cannot go on now; it stays where it is and is resumed later. */
export class WalkPaused extends Error {
  override readonly name = "WalkPaused";
}

/** Waits so many milliseconds, or until the signal. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** The rhythm in which a walk asks Stripe. */
export interface Pace {
  /**
   * Runs a call or a sync in its turn; what passes by itself is tried again, slower each time. Ends in `WalkPaused` when it
   * does not pass or the walk has to stop, else in the call's own error.
   */
  ask<T>(work: () => Promise<T>): Promise<T>;
  /** Ends in `WalkPaused` when the walk has to stop. */
  check(): void;
}

interface Rhythm {
  readonly signal: AbortSignal;
  readonly pause: Pause;
  readonly onStep?: () => void;
}

/** A rhythm of its own for one walk. */
export function createPace(deps: Deps, { signal, pause, onStep }: Rhythm): Pace {
  let nextTurn = 0;

  function check(): void {
    onStep?.();
    if (signal.aborted) throw new WalkPaused("the walk has to stop");
  }

  async function turn(): Promise<void> {
    const wall = deps.clock.wall();
    const at = Math.max(wall, nextTurn);
    nextTurn = at + 1_000 / PER_SECOND;
    if (at > wall) await pause(at - wall, signal);
    check();
  }

  /** What is under way when the walk has to stop is left to itself: it changes nothing, or is a whole sync. */
  async function unlessStopped<T>(work: Promise<T>): Promise<T> {
    const stopped = Promise.withResolvers<never>();
    const stop = (): void => stopped.reject(new WalkPaused("the walk has to stop"));
    signal.addEventListener("abort", stop);
    try {
      return await Promise.race([work, stopped.promise]);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  return {
    check,
    async ask(work) {
      for (let tries = 1; ; tries++) {
        await turn();
        try {
          return await unlessStopped(work());
        } catch (error) {
          if (!isTransient(error)) throw error;
          if (tries >= TRIES)
            throw new WalkPaused("Stripe or the database does not answer", { cause: error });
          deps.log.debug({ err: error, tries }, "a walk waits before it asks again");
          await pause(retryDelay(tries - 1, deps.random.fraction()), signal);
          check();
        }
      }
    },
  };
}

/** Waits by the wall. */
export const pauseByWall: Pause = (ms, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
