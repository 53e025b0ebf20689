import type { Deps } from "../deps.ts";

/** Gives up uploads that were not sent in time, and removes the files of those that are gone; answers how many. */
export async function sweepUploads(_deps: Deps): Promise<number> {
  throw new Error("not built yet");
}
