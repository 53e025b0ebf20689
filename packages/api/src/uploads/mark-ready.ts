import type { Tx } from "@liveassist/db";
import { uploads } from "@liveassist/db/schema";
import { LIMIT_MESSAGES } from "@liveassist/shared/limit-messages";
import type { MediaRefusal } from "@liveassist/shared/media-declared";
import { limitsOf } from "@liveassist/shared/plans";
import { eq } from "drizzle-orm";
import { planNow } from "../billing/plan-now.ts";
import type { Deps } from "../deps.ts";
import { noSuchUpload } from "./find-upload.ts";
import { lockUserRow } from "./lock-user.ts";
import { releaseUnit } from "./release-unit.ts";
import { removeFiles } from "./remove-files.ts";
import type { StoredMedia } from "./store-media.ts";
import type { UploadRow } from "./upload-row.ts";

type Marked = { readonly ok: true; readonly row: UploadRow } | MediaRefusal;

const NO_VIDEO: MediaRefusal = {
  ok: false,
  code: "VIDEO_REQUIRES_PREMIUM",
  message: LIMIT_MESSAGES.VIDEO_REQUIRES_PREMIUM,
};

/**
 * Makes an upload ready whose file is stored, under the user's row lock; a video needs Premium now (design I9). Answers the
 * row as it is then: one that ended meanwhile stays as it was, and what was stored for it is removed.
 */
export async function markReady(deps: Deps, row: UploadRow, media: StoredMedia): Promise<Marked> {
  const marked = await deps.db.transaction((tx) => mark(deps, tx, { row, media }));
  const isKept = marked?.ok && (marked.row.state === "ready" || marked.row.state === "sent");
  if (!isKept) await removeFiles(deps, row);
  if (!marked) throw noSuchUpload();
  return marked;
}

async function mark(
  deps: Deps,
  tx: Tx,
  { row, media }: { readonly row: UploadRow; readonly media: StoredMedia },
): Promise<Marked | null> {
  const { id, userId } = row;
  await lockUserRow(tx, userId);
  const [current] = await tx.select().from(uploads).where(eq(uploads.id, id));
  if (!current) return null;
  if (current.state !== "uploading") return { ok: true, row: current };
  if (media.kind === "video") {
    if (!limitsOf(await planNow(deps, tx, userId), deps.settings).video) return NO_VIDEO;
    // Declared a picture, it took a unit that videos do not cost.
    await releaseUnit(deps, tx, { userId, uploadIds: [id] });
  }
  const [ready] = await tx
    .update(uploads)
    .set({ ...media, state: "ready" })
    .where(eq(uploads.id, id))
    .returning();
  return ready ? { ok: true, row: ready } : null;
}
