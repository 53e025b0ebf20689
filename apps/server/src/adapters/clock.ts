import type { Clock, Logger } from "@liveassist/api";

/** Both clocks are the machine's: domain time and wall time agree outside of tests and emulators. */
export const systemClock: Clock = { now: () => Date.now(), wall: () => Date.now() };

/** A clock with something to stop. */
export interface FollowingClock extends Clock {
  stop(): void;
}

const EVERY_MS = 1_000;
const PATIENCE_MS = 2_000;

/**
 * Domain time follows another clock, the emulator's, so that five days pass for both in a click (design I12). `url` answers
 * `{"now": <epoch milliseconds>}` and is asked each second; while it does not answer, time goes on from where it was.
 */
export async function followClock(url: string, log: Logger): Promise<FollowingClock> {
  let ahead = 0;
  let wasAway = false;

  async function ask(): Promise<void> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
      const { now } = (await response.json()) as { now?: unknown };
      if (typeof now !== "number" || !Number.isFinite(now))
        throw new Error("it answers without a number in `now`");
      ahead = now - Date.now();
      wasAway = false;
    } catch (error) {
      if (!wasAway)
        log.warn({ err: error }, "the clock that CLOCK_URL names does not answer; time goes on without it");
      wasAway = true;
    }
  }

  await ask();
  const timer = setInterval(() => void ask(), EVERY_MS);
  return { now: () => Date.now() + ahead, wall: () => Date.now(), stop: () => clearInterval(timer) };
}
