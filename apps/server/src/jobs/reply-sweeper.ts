import { type Deps, sweepReplies } from "@liveassist/api";
import type { Vitals } from "../vitals.ts";
import { type Job, repeat } from "./repeat.ts";

/** Looks at once and then each second for replies whose process is gone (design I13). */
export const startReplySweeper = (deps: Deps, vitals: Vitals): Job =>
  repeat(deps, vitals, { job: "reply-sweeper", firstMs: 0, turn: () => sweepReplies(deps) });
