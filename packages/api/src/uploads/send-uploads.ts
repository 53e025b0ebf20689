import { anyOf, type Tx } from "@liveassist/db";
import { uploads, usage } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { LIMIT_MESSAGES } from "@liveassist/shared/limit-messages";
import { and, eq } from "drizzle-orm";
import { bindUploads } from "./bind-uploads.ts";
import type { UploadRow } from "./upload-row.ts";

interface Sending {
  readonly userId: string;
  readonly uploadIds: readonly string[];
  readonly messageId: string;
  /** Whether the sender's plan has video now. */
  readonly mayVideo: boolean;
}

/**
 * Binds uploads to the message that sends them, in its transaction, and commits their units; a video takes its finished
 * stills with it. All or none. Ends in `NOT_FOUND` (unknown, another's, not for the assistant), `UPLOAD_USED`,
 * `UPLOAD_NOT_READY`, and `VIDEO_REQUIRES_PREMIUM` (requirements R5). Locks the user's row, then the uploads.
 */
export async function sendUploads(tx: Tx, sending: Sending): Promise<void> {
  const { userId, uploadIds, messageId, mayVideo } = sending;
  if (uploadIds.length === 0) return;
  const rows = await bindUploads(tx, { userId, uploadIds, purpose: "liveassist", to: { messageId } });
  const videos = rows.filter(({ kind }) => kind === "video");
  if (videos.length > 0 && !mayVideo)
    throw new AppError("VIDEO_REQUIRES_PREMIUM", LIMIT_MESSAGES.VIDEO_REQUIRES_PREMIUM);
  await tx
    .update(usage)
    .set({ state: "committed" })
    .where(and(anyOf(usage.uploadId, uploadIds), eq(usage.userId, userId), eq(usage.state, "reserved")));
  for (const video of videos) await sendStills(tx, video, messageId);
}

/** A video takes its finished stills with it; one that is still on its way comes too late. */
async function sendStills(tx: Tx, video: UploadRow, messageId: string): Promise<void> {
  const isTheirs = and(eq(uploads.frameOf, video.id), eq(uploads.userId, video.userId));
  const isStill = and(isTheirs, eq(uploads.purpose, "frame"));
  await tx
    .update(uploads)
    .set({ state: "sent", messageId, position: video.position })
    .where(and(isStill, eq(uploads.state, "ready")));
  await tx
    .update(uploads)
    .set({ state: "removed" })
    .where(and(isStill, eq(uploads.state, "uploading")));
}
