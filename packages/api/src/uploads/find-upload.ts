import { uploads } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { and, eq } from "drizzle-orm";
import type { Actor, Deps } from "../deps.ts";
import { isUploadId, type UploadRow } from "./upload-row.ts";

/** What is said of a file that is not there, and of anybody else's. */
export const noSuchUpload = (): AppError => new AppError("NOT_FOUND", "There is no such file.");

/** One's own upload, whatever its state; anybody else's is `NOT_FOUND` (design I10). */
export async function findUpload(deps: Deps, actor: Actor, uploadId: string): Promise<UploadRow> {
  if (!isUploadId(uploadId)) throw noSuchUpload();
  const [row] = await deps.db
    .select()
    .from(uploads)
    .where(and(eq(uploads.id, uploadId), eq(uploads.userId, actor.userId)));
  if (!row) throw noSuchUpload();
  return row;
}
