import { uploads } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { and, eq } from "drizzle-orm";
import type { Actor, Deps } from "../deps.ts";
import { noSuchUpload } from "./find-upload.ts";
import { giveUpUploads } from "./give-up-uploads.ts";
import { lockUser } from "./lock-user.ts";
import { isUploadId } from "./upload-row.ts";

/**
 * Takes back an upload that was not sent, finished or not, with the stills of a video, and gives its unit back. Again:
 * nothing happens. Ends in `UPLOAD_USED` for one that was sent, and in `NOT_FOUND` for anybody else's.
 */
export async function removeUpload(deps: Deps, actor: Actor, uploadId: string): Promise<void> {
  if (!isUploadId(uploadId)) throw noSuchUpload();
  const { userId } = actor;
  await deps.db.transaction(async (tx) => {
    await lockUser(tx, userId);
    const [row] = await tx
      .select({ state: uploads.state })
      .from(uploads)
      .where(and(eq(uploads.id, uploadId), eq(uploads.userId, userId)));
    if (!row) throw noSuchUpload();
    if (row.state === "sent") throw new AppError("UPLOAD_USED", "This file was sent already.");
    await giveUpUploads(deps, tx, { userId, uploadIds: [uploadId], state: "removed", failure: null });
  });
}
