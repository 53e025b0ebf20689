import type { Tx } from "@liveassist/db";

/** Lets go of the files of a session, a post or a whole account; the sweep removes them from the storage. */
export async function discardUploads(
  _tx: Tx,
  _of: { readonly sessionId: string } | { readonly postId: string } | { readonly userId: string },
): Promise<void> {
  throw new Error("not built yet");
}
