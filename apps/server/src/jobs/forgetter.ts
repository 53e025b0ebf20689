import { type Deps, forgetOldRows, forgetPayloads, forgetWithdrawals, pruneOutbox } from "@liveassist/api";

const FIRST_MS = 60_000;
const EVERY_MS = 60 * 60_000;

/** Forgets each hour what has been kept long enough: outbox rows, payloads of finished events, names in old books, traces. Several servers may do it at once. */
export function startForgetter(deps: Deps): { stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  async function forget(): Promise<void> {
    try {
      const pruned = await pruneOutbox(deps);
      const forgotten = await forgetPayloads(deps);
      const emptied = await forgetWithdrawals(deps);
      const traces = await forgetOldRows(deps);
      if (pruned + forgotten + emptied > 0 || Object.keys(traces).length > 0)
        deps.log.info({ pruned, forgotten, emptied, ...traces }, "old rows were forgotten");
    } catch (error) {
      deps.log.warn({ err: error }, "old rows could not be forgotten; trying again in an hour");
    }
  }

  const plan = (ms: number): void => {
    timer = setTimeout(() => {
      running = forget();
      void running.then(() => plan(EVERY_MS));
    }, ms);
    timer.unref();
  };
  plan(FIRST_MS);
  return {
    async stop() {
      clearTimeout(timer);
      await running;
      clearTimeout(timer);
    },
  };
}
