import { uploads } from "@liveassist/db/schema";
import { and, asc, eq, inArray, lte } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { removeFiles } from "./remove-files.ts";

/** Uploads served in one sweep. */
const BATCH = 100;
/** What the storage would not let go of is tried again after so long. */
const AGAIN_MS = 5 * 60_000;

/**
 * Removes the files of uploads that are gone, then their rows: files first, so that a crash between leaves a row that finds
 * them again. Removing twice is harmless, so servers need no lock. Answers how many.
 */
export async function deleteGone(deps: Deps): Promise<number> {
  const now = deps.clock.now();
  const isGone = inArray(uploads.state, ["failed", "removed"]);
  const rows = await deps.db
    .select({ id: uploads.id, purpose: uploads.purpose })
    .from(uploads)
    .where(and(isGone, lte(uploads.expiresAt, new Date(now))))
    .orderBy(asc(uploads.expiresAt))
    .limit(BATCH);
  for (const row of rows) {
    try {
      await removeFiles(deps, row);
      await deps.db.delete(uploads).where(and(eq(uploads.id, row.id), isGone));
    } catch (error) {
      deps.log.warn({ err: error, uploadId: row.id }, "a file could not be removed; trying again later");
      await deps.db
        .update(uploads)
        .set({ expiresAt: new Date(now + AGAIN_MS) })
        .where(and(eq(uploads.id, row.id), isGone));
    }
  }
  return rows.length;
}
