import type { UploadView } from "@liveassist/shared/session-events";
import type { Actor, Deps } from "../deps.ts";

/** Checks what has arrived whole in a local file, and stores it. */
export async function finishUpload(
  _deps: Deps,
  _actor: Actor,
  _input: { readonly uploadId: string; readonly path: string },
): Promise<UploadView> {
  throw new Error("not built yet");
}
