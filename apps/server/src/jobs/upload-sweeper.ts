import { join } from "node:path";
import { type Deps, sweepUploads } from "@liveassist/api";
import { UNFINISHED } from "../adapters/storage.ts";
import { removeUntouched } from "../plugins/uploads-parts.ts";
import type { Vitals } from "../vitals.ts";
import { type Job, repeat } from "./repeat.ts";

/** Twice as long as an upload may wait: nothing that is still wanted lies untouched so long. */
const UNTOUCHED_MS = 48 * 60 * 60_000;
const LOOK_EVERY_MS = 60 * 60_000;

export interface UploadFolders {
  /** Where files lie while they come in. */
  readonly parts: string;
  /** The storage's own. */
  readonly files: string;
}

/**
 * Gives up uploads that were not sent in time, each second by domain time. Once an hour it removes what crashes left on the
 * disk and no row knows of; that is judged by the disk's own time. Servers that share the folders may do it at once.
 */
export function startUploadSweeper(deps: Deps, vitals: Vitals, folders: UploadFolders): Job {
  let lookAt = 0;
  return repeat(deps, vitals, {
    job: "upload-sweeper",
    async turn() {
      await sweepUploads(deps);
      const wall = deps.clock.wall();
      if (wall < lookAt) return;
      lookAt = wall + LOOK_EVERY_MS;
      const removed = await removeOrphans(folders, wall);
      if (removed > 0) deps.log.info({ removed }, "files of abandoned uploads were removed");
    },
  });
}

/** Removes files that nobody has touched for two days; answers how many. `wall` in epoch ms. */
export async function removeOrphans({ parts, files }: UploadFolders, wall: number): Promise<number> {
  const since = wall - UNTOUCHED_MS;
  return (await removeUntouched(parts, since)) + (await removeUntouched(join(files, UNFINISHED), since));
}
