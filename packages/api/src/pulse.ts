import { maskText } from "@liveassist/shared/mask";
import type { Clock } from "./deps.ts";

/** How a job is doing; wall time, epoch ms. */
export interface PulseReading {
  readonly startedAt: number;
  /** When the turn under way began, or came to its last step; null: it rests. */
  readonly runningSince: number | null;
  readonly lastSuccessAt: number | null;
  readonly lastFailureAt: number | null;
  readonly lastError: string | null;
}

/** Notes how the turns of one job go, in memory. */
export interface Pulse {
  read(): PulseReading;
  /** Does a turn and notes it; fails as it does. `step` tells that a long one gets on. */
  turn<T>(work: (step: () => void) => Promise<T>): Promise<T>;
  /** The turn under way is left: whatever still comes of it is not noted any more. */
  leave(): void;
}

const MOST_ERROR = 300;

/** The pulse of a job that starts now. */
export function createPulse(clock: Clock): Pulse {
  const startedAt = clock.wall();
  let generation = 0;
  let runningSince: number | null = null;
  let lastSuccessAt: number | null = null;
  let lastFailureAt: number | null = null;
  let lastError: string | null = null;

  return {
    read: () => ({ startedAt, runningSince, lastSuccessAt, lastFailureAt, lastError }),
    async turn(work) {
      generation += 1;
      const mine = generation;
      runningSince = clock.wall();
      const note = (change: () => void): void => {
        if (mine === generation) change();
      };
      const step = (): void =>
        note(() => {
          lastSuccessAt = clock.wall();
          runningSince = lastSuccessAt;
        });
      try {
        const answer = await work(step);
        note(() => {
          lastSuccessAt = clock.wall();
          lastError = null;
        });
        return answer;
      } catch (error) {
        note(() => {
          lastFailureAt = clock.wall();
          lastError = describe(error);
        });
        throw error;
      } finally {
        note(() => {
          runningSince = null;
        });
      }
    },
    leave() {
      generation += 1;
      runningSince = null;
    },
  };
}

/** The innermost reason: what is around it repeats the statement. Operators read it, so nobody's address is in it. */
function describe(error: unknown): string {
  let reason = error;
  for (let depth = 0; depth < 5 && reason instanceof Error && reason.cause instanceof Error; depth++)
    reason = reason.cause;
  return maskText(reason instanceof Error ? reason.message || reason.name : String(reason)).slice(
    0,
    MOST_ERROR,
  );
}
