import { type Actor, type Deps, finishUpload } from "@liveassist/api";
import { AppError } from "@liveassist/shared/errors";
import type { InTurnOf } from "../adapters/media-turns.ts";
import type { UploadLocks } from "../adapters/upload-locks.ts";
import type { Parts } from "./uploads-parts.ts";

interface Order {
  readonly locks: UploadLocks;
  readonly inTurnOf: InTurnOf;
}

/**
 * Has an upload checked once its last byte is there, while nobody can write to it. Parts are removed when the database knows
 * what became of them, so that whatever stops in between can be done again. One at a time for each user: pictures that take
 * seconds to unpack must not stand before everybody else's. Throws what `finishUpload` throws.
 */
export function finishParts(deps: Deps, { locks, inTurnOf }: Order, parts: Parts) {
  const finish = (actor: Actor, uploadId: string): Promise<void> =>
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
  return (actor: Actor, uploadId: string): Promise<void> =>
    inTurnOf(actor.userId, () => finish(actor, uploadId));
}
