import type { ErrorCode } from "@liveassist/shared/errors";
import type { Deps } from "../deps.ts";
import { giveUpUploads } from "./give-up-uploads.ts";
import { lockUserRow } from "./lock-user.ts";
import type { UploadRow } from "./upload-row.ts";

/** Marks an upload as failed, with its reason, and gives its unit back; the row stays a while, to answer why again. */
export async function failUpload(deps: Deps, row: UploadRow, failure: ErrorCode): Promise<void> {
  const { id, userId } = row;
  await deps.db.transaction(async (tx) => {
    await lockUserRow(tx, userId);
    await giveUpUploads(deps, tx, { userId, uploadIds: [id], state: "failed", failure });
  });
  deps.log.info({ userId, uploadId: id, failure }, "an upload was refused by its content");
}
