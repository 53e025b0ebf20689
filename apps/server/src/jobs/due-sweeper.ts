import { type Deps, type SweepMemory, sweepDue } from "@liveassist/api";
import type { Vitals } from "../vitals.ts";
import { type Job, repeat } from "./repeat.ts";

/** Looks each second whose trial, period or grace has come to its end; a sweep that takes longer delays the next. */
export function startDueSweeper(deps: Deps, vitals: Vitals): Job {
  const memory: SweepMemory = new Map();
  return repeat(deps, vitals, { job: "due-sweeper", turn: () => sweepDue(deps, memory) });
}
