import { createPulse, type Deps, withPatience } from "@liveassist/api";
import type { Vitals } from "../vitals.ts";

export interface Job {
  stop(): Promise<void>;
}

/** Says that a long turn gets on, so that nobody takes it for one that hangs. */
export type Step = () => void;

interface Repeated {
  /** Its name on the console and in the metrics. */
  readonly job: string;
  /** Between the end of a turn and the next. Default: a second. */
  readonly everyMs?: number;
  /** Until the first turn. Default: as long as between others. */
  readonly firstMs?: number;
  /** The signal fires when nobody waits for this turn any more. */
  readonly turn: (step: Step, signal: AbortSignal) => Promise<unknown>;
}

const EVERY_MS = 1_000;
/** What comes rarely is tried again sooner when it failed. */
const RETRY_MS = 60_000;
/** A stop waits no longer for a turn: what it works on is idempotent, and goes on elsewhere when its lease is over. */
const STOP_MS = 5_000;

/**
 * Does a piece of work again and again, never twice at once; one that fails is told to the log and tried at the next turn.
 * A turn that an operator had it leave may still wake up beside the new one: that is as harmless as a second server, since
 * all work here is idempotent and claims what it works on by lease or row lock.
 */
export function repeat(deps: Deps, vitals: Vitals, repeated: Repeated): Job {
  const { log, clock, metrics } = deps;
  const { job, everyMs = EVERY_MS, firstMs = everyMs } = repeated;
  const pulse = createPulse(clock);
  // There from the start: a rate misses the failure that a series begins with.
  metrics.count("liveassist_job_failures_total", { name: job }, 0);
  let leaving = new AbortController();
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  /** Answers how long to wait for the next one. */
  async function turn(signal: AbortSignal): Promise<number> {
    try {
      await pulse.turn((step) => repeated.turn(step, signal));
      return everyMs;
    } catch (error) {
      if (signal.aborted) return everyMs;
      metrics.count("liveassist_job_failures_total", { name: job });
      log.error({ err: error, job }, "a job failed; trying again");
      return Math.min(everyMs, RETRY_MS);
    }
  }

  function begin(): void {
    const { signal } = leaving;
    running = turn(signal).then((waitMs) => {
      if (signal.aborted) return;
      running = null;
      timer = setTimeout(begin, waitMs);
    });
  }

  timer = setTimeout(begin, firstMs);
  vitals.jobs.set(job, {
    everyMs,
    read: pulse.read,
    restart() {
      log.warn({ job, ...pulse.read() }, "a job leaves its turn and begins anew");
      clearTimeout(timer);
      leaving.abort();
      leaving = new AbortController();
      pulse.leave();
      begin();
    },
  });
  return {
    async stop() {
      clearTimeout(timer);
      leaving.abort();
      vitals.jobs.delete(job);
      if (
        running !== null &&
        (await withPatience(
          running.then(() => true),
          STOP_MS,
        )) === null
      )
        log.warn({ job }, "a job did not end its turn, and is left");
    },
  };
}
