import type { Deps } from "@liveassist/api";

export interface Job {
  stop(): Promise<void>;
}

const EVERY_MS = 1_000;

/** Does a piece of work each second, never twice at once; one that fails is told to the log and tried at the next turn. */
export function repeat({ log }: Deps, what: string, work: () => Promise<unknown>): Job {
  let running: Promise<void> | null = null;

  async function turn(): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.error({ err: error }, `${what} failed; trying again`);
    }
  }

  const timer = setInterval(() => {
    running ??= turn().finally(() => {
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
