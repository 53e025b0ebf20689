import { createWatchMemory, type Deps, watch } from "@liveassist/api";
import type { Vitals } from "../vitals.ts";
import { type Job, repeat } from "./repeat.ts";

const EVERY_MS = 10_000;

/** Evaluates the indicators every ten seconds, on every server: incidents are rows, so an alert is told once all the same. */
export function startWatcher(deps: Deps, vitals: Vitals): Job {
  const memory = createWatchMemory();
  return repeat(deps, vitals, {
    job: "watcher",
    everyMs: EVERY_MS,
    firstMs: 1_000,
    turn: () => watch(deps, memory),
  });
}
