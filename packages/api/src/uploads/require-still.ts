import type { Tx } from "@liveassist/db";
import { uploads } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { MOST_FRAMES } from "@liveassist/shared/media";
import { MEDIA_MESSAGES } from "@liveassist/shared/media-messages";
import { and, count, eq, sql } from "drizzle-orm";
import { noSuchUpload } from "./find-upload.ts";
import { isUploadId } from "./upload-row.ts";

/** No video is longer than Postgres' largest `integer` of milliseconds, which is 24 days. */
const MOST_MS = 2_147_483_647;

/**
 * Lets a still begin only for one's own video that was not sent, and no more than it takes. Under the user's row lock only.
 * Ends in `NOT_FOUND` without such a video, `UPLOAD_USED` when it was sent, `INVALID_INPUT` for a ninth still or no moment.
 */
export async function requireStill(
  tx: Tx,
  userId: string,
  still: { readonly frameOf: string | null; readonly frameAtMs: number | null },
): Promise<void> {
  const { frameOf, frameAtMs } = still;
  if (frameAtMs === null || !Number.isInteger(frameAtMs) || frameAtMs < 0 || frameAtMs > MOST_MS)
    throw new AppError("INVALID_INPUT", "A still needs its moment in the video, in milliseconds.");
  if (frameOf === null || !isUploadId(frameOf)) throw noSuchUpload();
  const [video] = await tx
    .select({ state: uploads.state })
    .from(uploads)
    .where(
      and(
        eq(uploads.id, frameOf),
        eq(uploads.userId, userId),
        eq(uploads.purpose, "liveassist"),
        eq(uploads.kind, "video"),
      ),
    );
  if (!video || video.state === "failed" || video.state === "removed") throw noSuchUpload();
  if (video.state === "sent") throw new AppError("UPLOAD_USED", "The video was sent already.");
  const [stills] = await tx
    .select({ taken: count() })
    .from(uploads)
    .where(and(eq(uploads.frameOf, frameOf), sql`${uploads.state} in ('uploading', 'ready')`));
  if ((stills?.taken ?? 0) >= MOST_FRAMES)
    throw new AppError("INVALID_INPUT", MEDIA_MESSAGES.TOO_MANY_STILLS);
}
