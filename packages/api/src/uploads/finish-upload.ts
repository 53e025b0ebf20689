import { rm } from "node:fs/promises";
import { AppError } from "@liveassist/shared/errors";
import type { UploadView } from "@liveassist/shared/session-events";
import type { Actor, Deps } from "../deps.ts";
import { answerEnded } from "./answer-ended.ts";
import { failUpload } from "./fail-upload.ts";
import { findUpload } from "./find-upload.ts";
import { markReady } from "./mark-ready.ts";
import { storeMedia } from "./store-media.ts";
import { toUploadView } from "./upload-row.ts";

interface Finishing {
  readonly uploadId: string;
  /** Where the file has arrived whole; it is gone afterwards, unless something of ours failed. */
  readonly path: string;
}

/**
 * Checks what has arrived whole in a local file by its content, stores it, and makes it ready to be sent. Again: the same
 * answer. Ends in `UNSUPPORTED_MEDIA`, `TOO_LARGE` or `VIDEO_REQUIRES_PREMIUM`, with the unit given back; in `NOT_FOUND` for
 * anybody else's, or when it was removed meanwhile. What fails on our side changes nothing, and may be tried again.
 */
export function finishUpload(deps: Deps, actor: Actor, input: Finishing): Promise<UploadView> {
  return deps.coalesce(`finish-upload:${actor.userId}:${input.uploadId}`, () => finish(deps, actor, input));
}

async function finish(deps: Deps, actor: Actor, { uploadId, path }: Finishing): Promise<UploadView> {
  const row = await findUpload(deps, actor, uploadId);
  if (row.state === "uploading") {
    try {
      const stored = await storeMedia(deps, row, path);
      const judged = stored.ok ? await markReady(deps, row, stored.media) : stored;
      if (!judged.ok) {
        await failUpload(deps, row, judged.code);
        await rm(path, { force: true });
        throw new AppError(judged.code, judged.message);
      }
      // Not before the row knows: until then it can be done again.
      await rm(path, { force: true });
      if (judged.row.state === "ready") return toUploadView(judged.row);
    } catch (error) {
      // Another server may have been faster and taken the file away under our hands.
      if (error instanceof AppError || (await isUnfinished(deps, actor, uploadId))) throw error;
    }
  }
  const ended = await findUpload(deps, actor, uploadId);
  await rm(path, { force: true });
  return answerEnded(ended);
}

const isUnfinished = async (deps: Deps, actor: Actor, uploadId: string): Promise<boolean> =>
  (await findUpload(deps, actor, uploadId)).state === "uploading";
