import type { PillTone } from "../parts/status-pill.tsx";
import type { Walk } from "./hooks.ts";

/** How the state of a walk looks. */
export const WALK_TONES: Record<Walk["state"], PillTone> = {
  running: "busy",
  finished: "good",
  stopped: "problem",
};
