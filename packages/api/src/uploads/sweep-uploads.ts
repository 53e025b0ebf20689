import type { Deps } from "../deps.ts";
import { deleteGone } from "./delete-gone.ts";
import { expireUploads } from "./expire-uploads.ts";
import { turnDay } from "./turn-day.ts";

/**
 * Gives up uploads that were not sent within 24 h and their units (requirements R5), removes the files and then the rows of
 * those that are gone, and begins a new day of the counters; answers how many uploads that concerned. In batches, by domain
 * time; called each second, by any number of servers at once.
 */
export async function sweepUploads(deps: Deps): Promise<number> {
  const expired = await expireUploads(deps);
  const gone = await deleteGone(deps);
  await turnDay(deps);
  return expired + gone;
}
