import type { Actor, Deps } from "../deps.ts";

/** Takes back an upload that was not sent, finished or not, and gives its unit back. Again: nothing happens. */
export async function removeUpload(_deps: Deps, _actor: Actor, _uploadId: string): Promise<void> {
  throw new Error("not built yet");
}
