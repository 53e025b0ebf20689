import type { Tx } from "@liveassist/db";
import { bindUploads } from "./bind-uploads.ts";

interface Posting {
  readonly userId: string;
  readonly uploadIds: readonly string[];
  readonly postId: string;
}

/**
 * Binds community pictures to their post, in its transaction; they cost no units (requirements R5). Ends in `NOT_FOUND`,
 * `UPLOAD_USED` or `UPLOAD_NOT_READY`. Locks the user's row, then the uploads.
 */
export async function postUploads(tx: Tx, posting: Posting): Promise<void> {
  const { userId, uploadIds, postId } = posting;
  if (uploadIds.length > 0)
    await bindUploads(tx, { userId, uploadIds, purpose: "community", to: { postId } });
}
