import { type Deps, type SweepMemory, sweepDue } from "@liveassist/api";

const EVERY_MS = 1_000;

/** Looks each second whose trial, period or grace has come to its end; a sweep that takes longer delays the next. */
export function startDueSweeper(deps: Deps): { stop(): Promise<void> } {
  const memory: SweepMemory = new Map();
  let running: Promise<void> | null = null;

  async function sweep(): Promise<void> {
    try {
      await sweepDue(deps, memory);
    } catch (error) {
      deps.log.error({ err: error }, "the due users could not be swept; trying again");
    }
  }

  const timer = setInterval(() => {
    running ??= sweep().finally(() => {
      running = null;
    });
  }, EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
