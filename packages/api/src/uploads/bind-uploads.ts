import { anyOf, type Tx } from "@liveassist/db";
import { uploads } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { and, eq } from "drizzle-orm";
import { noSuchUpload } from "./find-upload.ts";
import { lockUser } from "./lock-user.ts";
import { isUploadId, type UploadRow } from "./upload-row.ts";

interface Binding {
  readonly userId: string;
  readonly uploadIds: readonly string[];
  readonly purpose: "liveassist" | "community";
  readonly to: { readonly messageId: string } | { readonly postId: string };
}

/**
 * Marks ready uploads as sent with a message or post, in the order named; answers them. Locks the user's row, then theirs.
 * Ends in `NOT_FOUND`, `UPLOAD_USED` (also when one is named twice) or `UPLOAD_NOT_READY`, for the first that cannot be.
 */
export async function bindUploads(tx: Tx, binding: Binding): Promise<UploadRow[]> {
  const { userId, uploadIds, purpose, to } = binding;
  await lockUser(tx, userId);
  if (!uploadIds.every(isUploadId)) throw noSuchUpload();
  const rows = await tx
    .select()
    .from(uploads)
    .where(and(anyOf(uploads.id, uploadIds), eq(uploads.userId, userId), eq(uploads.purpose, purpose)))
    .for("update");
  const byId = new Map(rows.map((row) => [row.id, row]));
  const bound: UploadRow[] = [];
  for (const [position, uploadId] of uploadIds.entries()) {
    const row = requireReady(byId.get(uploadId.toLowerCase()));
    byId.set(row.id, { ...row, state: "sent" });
    await tx
      .update(uploads)
      .set({ ...to, state: "sent", position })
      .where(eq(uploads.id, row.id));
    bound.push({ ...row, position });
  }
  return bound;
}

function requireReady(row: UploadRow | undefined): UploadRow {
  if (!row) throw noSuchUpload();
  if (row.state === "sent") throw new AppError("UPLOAD_USED", "This file was sent already.");
  if (row.state === "ready") return row;
  const why = row.state === "uploading" ? "has not arrived yet" : "is not there any more";
  throw new AppError("UPLOAD_NOT_READY", `A file ${why}. Wait for it, or remove it.`);
}
