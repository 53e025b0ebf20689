import type { Tx } from "@liveassist/db";

interface Posting {
  readonly userId: string;
  readonly uploadIds: readonly string[];
  readonly postId: string;
}

/** Binds community pictures to their post, in its transaction. */
export async function postUploads(_tx: Tx, _posting: Posting): Promise<void> {
  throw new Error("not built yet");
}
