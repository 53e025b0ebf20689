import type { Db, Tx } from "@liveassist/db";
import type { UploadView } from "@liveassist/shared/session-events";

/** The files of messages, by message, in their order. */
export async function uploadsOfMessages(
  _db: Db | Tx,
  _messageIds: readonly string[],
): Promise<Map<string, UploadView[]>> {
  throw new Error("not built yet");
}

/** The pictures of posts, by post, in their order. */
export async function uploadsOfPosts(
  _db: Db | Tx,
  _postIds: readonly string[],
): Promise<Map<string, UploadView[]>> {
  throw new Error("not built yet");
}
