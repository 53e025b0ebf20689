import type { Deps } from "../deps.ts";
import { keysOf, type UploadRow } from "./upload-row.ts";

/** Removes whatever the storage may keep for an upload, also what a crash kept its row from knowing. Again: nothing. */
export async function removeFiles(deps: Deps, row: Pick<UploadRow, "id" | "purpose">): Promise<void> {
  const keys = keysOf(row);
  await Promise.all([deps.storage.remove(keys.file), deps.storage.remove(keys.preview)]);
}
