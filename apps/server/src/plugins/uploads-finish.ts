import { type Actor, type Deps, finishUpload } from "@liveassist/api";
import { AppError } from "@liveassist/shared/errors";
import type { UploadLocks } from "../adapters/upload-locks.ts";
import type { Parts } from "./uploads-parts.ts";

/**
 * Has an upload checked once its last byte is there, while nobody can write to it. Parts are removed when the database knows
 * what became of them, so that whatever stops in between can be done again. Throws what `finishUpload` throws.
 */
export function finishParts(deps: Deps, locks: UploadLocks, parts: Parts) {
  return (actor: Actor, uploadId: string): Promise<void> =>
    locks.hold(uploadId, async () => {
      const path = await parts.lend(uploadId);
      try {
        await finishUpload(deps, actor, { uploadId, path });
      } catch (error) {
        if (error instanceof AppError && error.status < 500) await parts.remove(uploadId);
        throw error;
      }
      await parts.remove(uploadId);
    });
}
