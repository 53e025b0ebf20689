import type { Deps } from "../deps.ts";

/** Marks replies whose process is gone as interrupted; answers how many. */
export async function sweepReplies(_deps: Deps): Promise<number> {
  throw new Error("not built yet");
}
