import type { Db } from "@liveassist/db";

/** A picture for the assistant, where the storage keeps it. */
export interface StoredPicture {
  /** In words: its file name, or which moment of which video. */
  readonly label: string;
  readonly mediaType: string;
  readonly key: string;
}

/** The pictures of messages and the frames of their videos, by message, in order. */
export async function storedPictures(
  _db: Db,
  _messageIds: readonly string[],
): Promise<Map<string, StoredPicture[]>> {
  throw new Error("not built yet");
}
