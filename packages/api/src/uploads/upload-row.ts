import type { uploads } from "@liveassist/db/schema";
import type { UploadView } from "@liveassist/shared/session-events";

export type UploadRow = typeof uploads.$inferSelect;
type Named = Pick<UploadRow, "id" | "purpose">;

/** Whether a text can be an upload's id at all; Postgres would call anything else an error. */
export const isUploadId = (id: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);

/** Where the storage keeps a file and its preview: told by the row alone, so that no crash loses track of either. */
export const keysOf = ({ id, purpose }: Named): { readonly file: string; readonly preview: string } => ({
  file: `${purpose === "community" ? "community" : "liveassist"}/${id}`,
  preview: `preview/${id}`,
});

/** Where its owner, and whoever may see it, loads a file from. */
export const pathOf = ({ id, purpose }: Named): string =>
  `/api/${purpose === "community" ? "community" : "liveassist"}/files/${id}`;

/** A file as its viewer sees it, in the contract's shape. */
export function toUploadView(row: UploadRow): UploadView {
  const url = pathOf(row);
  return {
    id: row.id,
    kind: row.kind,
    filename: row.filename,
    media_type: row.mediaType,
    bytes: row.bytes,
    width: row.width,
    height: row.height,
    url,
    preview_url: row.previewKey === null ? null : `${url}/preview`,
  };
}
