import { anyOf, type Db } from "@liveassist/db";
import { uploads } from "@liveassist/db/schema";
import { and, asc, eq, isNotNull } from "drizzle-orm";
import type { UploadRow } from "./upload-row.ts";

/** A picture for the assistant, where the storage keeps it. */
export interface StoredPicture {
  /** In words: its file name, or which moment of which video. */
  readonly label: string;
  readonly mediaType: string;
  readonly key: string;
}

/** The pictures of messages and the frames of their videos, by message, in order: a video's frames stand where it stands. */
export async function storedPictures(
  db: Db,
  messageIds: readonly string[],
): Promise<Map<string, StoredPicture[]>> {
  if (messageIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(uploads)
    .where(
      and(anyOf(uploads.messageId, messageIds), eq(uploads.state, "sent"), isNotNull(uploads.storageKey)),
    )
    .orderBy(asc(uploads.position), asc(uploads.frameAtMs), asc(uploads.id));
  const nameOf = new Map(rows.map((row) => [row.id, row.filename]));
  const pictures = new Map<string, StoredPicture[]>();
  for (const row of rows) {
    if (row.messageId === null || row.storageKey === null || row.kind === "video") continue;
    const label = row.frameOf === null ? row.filename : stillLabel(row, nameOf.get(row.frameOf) ?? "");
    const picture = { label, mediaType: row.mediaType, key: row.storageKey };
    pictures.set(row.messageId, [...(pictures.get(row.messageId) ?? []), picture]);
  }
  return pictures;
}

/** `clip.mp4 at 1:05`. */
function stillLabel(still: UploadRow, video: string): string {
  const seconds = Math.floor((still.frameAtMs ?? 0) / 1000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return `${video} at ${clock}`;
}
