import { anyOf, type Db } from "@liveassist/db";
import { uploads, usage } from "@liveassist/db/schema";
import { and, asc, eq, getTableColumns, isNotNull, sql } from "drizzle-orm";
import type { UploadRow } from "./upload-row.ts";

/** A picture for the assistant, where the storage keeps it. */
export interface StoredPicture {
  /** In words: its file name, or which moment of which video. */
  readonly label: string;
  readonly mediaType: string;
  readonly key: string;
  /** A failed reply gave its unit back, and it was not taken again. */
  readonly isGivenBack: boolean;
}

/** The pictures of messages and the frames of their videos, by message, in order: a video's frames stand where it stands. */
export async function storedPictures(
  db: Db,
  messageIds: readonly string[],
): Promise<Map<string, StoredPicture[]>> {
  if (messageIds.length === 0) return new Map();
  const rows = await db
    .select({
      ...getTableColumns(uploads),
      isGivenBack: sql<boolean>`coalesce(${usage.counted} and ${usage.state} = 'released', false)`,
    })
    .from(uploads)
    .leftJoin(usage, eq(usage.uploadId, uploads.id))
    .where(
      and(anyOf(uploads.messageId, messageIds), eq(uploads.state, "sent"), isNotNull(uploads.storageKey)),
    )
    .orderBy(asc(uploads.position), asc(uploads.frameAtMs), asc(uploads.id));
  const nameOf = new Map(rows.map((row) => [row.id, row.filename]));
  const pictures = new Map<string, StoredPicture[]>();
  for (const row of rows) {
    if (row.messageId === null || row.storageKey === null || row.kind === "video") continue;
    const label = row.frameOf === null ? row.filename : stillLabel(row, nameOf.get(row.frameOf) ?? "");
    const { mediaType, storageKey: key, isGivenBack } = row;
    const picture = { label, mediaType, key, isGivenBack };
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
