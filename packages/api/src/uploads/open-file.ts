import type { Actor, Deps } from "../deps.ts";

/** Where a file lies, and as what it is served. */
export interface OpenFile {
  readonly key: string;
  readonly mediaType: string;
  readonly filename: string;
}

/** One's own file, or a picture of a post that may be seen. */
export async function openFile(
  _deps: Deps,
  _actor: Actor,
  _input: { readonly uploadId: string; readonly preview: boolean },
): Promise<OpenFile> {
  throw new Error("not built yet");
}
