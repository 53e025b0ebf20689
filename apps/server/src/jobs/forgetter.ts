import { type Deps, forgetOldRows, forgetPayloads, forgetWithdrawals, pruneOutbox } from "@liveassist/api";
import type { Vitals } from "../vitals.ts";
import { type Job, repeat } from "./repeat.ts";

const FIRST_MS = 60_000;
const EVERY_MS = 60 * 60_000;

/** Forgets each hour what has been kept long enough: outbox rows, payloads of finished events, names in old books, traces. Several servers may do it at once. */
export const startForgetter = (deps: Deps, vitals: Vitals): Job =>
  repeat(deps, vitals, {
    job: "forgetter",
    everyMs: EVERY_MS,
    firstMs: FIRST_MS,
    async turn(step) {
      const pruned = await pruneOutbox(deps);
      step();
      const forgotten = await forgetPayloads(deps);
      step();
      const emptied = await forgetWithdrawals(deps);
      step();
      const traces = await forgetOldRows(deps);
      if (pruned + forgotten + emptied > 0 || Object.keys(traces).length > 0)
        deps.log.info({ pruned, forgotten, emptied, ...traces }, "old rows were forgotten");
    },
  });
