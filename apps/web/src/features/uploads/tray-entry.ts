import type { UnsentUpload } from "@liveassist/api/contract";
import type { Attachment, UploadEndpoint } from "./attachment.ts";
import type { KeptFile } from "./keep-files.ts";
import type { Allowance } from "./units-left.ts";

/** A file in a tray with all that is known of it; `shown` is what the page sees and is replaced, never changed. */
export interface TrayEntry {
  shown: Attachment;
  /** Null for what was found on the server and is not on this device. */
  file: Blob | null;
  readonly addedAt: number;
  readonly stop: AbortController;
  url: string | null;
  framesSent: number | null;
  /** When the server gave a unit of the day; null while it is asked; undefined: none is taken. */
  takenAt: number | null | undefined;
  /** What was known of the limits when the server refused all the same. */
  deniedUnder: Allowance | null;
  /** Goes on by itself when the network is back. */
  whenOnline: boolean;
  restarts: number;
  /** Nobody waits for it: the limit's dialog does not open for it. */
  quiet: boolean;
  letGo: () => void;
}

type NewEntry = Pick<TrayEntry, "shown" | "file" | "addedAt"> & Partial<TrayEntry>;

export const newEntry = (parts: NewEntry): TrayEntry => ({
  stop: new AbortController(),
  url: null,
  framesSent: 0,
  takenAt: undefined,
  deniedUnder: null,
  whenOnline: false,
  restarts: 0,
  quiet: false,
  letGo: () => undefined,
  ...parts,
});

/** The shape of a file that has just come; everything else is given over it. */
export const newAttachment = (
  parts: Pick<Attachment, "id" | "name" | "kind" | "type" | "bytes"> & Partial<Attachment>,
): Attachment => ({
  previewUrl: null,
  uploadId: null,
  phase: "waiting",
  progress: 0,
  heldFor: null,
  problem: null,
  note: null,
  ...parts,
});

/** What of a file is kept for the next page. */
export function keptOf(entry: TrayEntry, owner: { userId: string; place: string }): KeptFile | null {
  const { id, name, type, kind, bytes, uploadId, phase, heldFor } = entry.shown;
  if (kind === null) return null;
  const { userId, place } = owner;
  const { addedAt, url, framesSent } = entry;
  const ready = phase === "ready";
  return {
    id,
    userId,
    place,
    name,
    type,
    kind,
    bytes,
    addedAt,
    url,
    uploadId,
    ready,
    heldFor,
    framesSent,
    removed: false,
  };
}

interface FoundAgain {
  /** Null when only the server has its contents. */
  readonly file: Blob | null;
  readonly endpoint: UploadEndpoint;
  readonly letGo: () => void;
}

/** An entry of a file that was kept. The server is asked what it has of it before anything is sent. */
export function entryOfKept(kept: KeptFile, { file, endpoint, letGo }: FoundAgain): TrayEntry {
  const { id, name, kind, type, bytes, uploadId, addedAt, url, framesSent } = kept;
  const heldFor = url === null ? kept.heldFor : null;
  const shown = newAttachment({
    id,
    name,
    kind,
    type,
    bytes,
    uploadId,
    phase: heldFor ? "held" : "waiting",
    heldFor,
    previewUrl: kind === "image" ? pictureOf(file, endpoint, uploadId) : null,
    progress: kept.ready ? 1 : 0,
  });
  const takenAt = url && kind === "image" ? 0 : undefined;
  return newEntry({ shown, file, addedAt, url, framesSent, takenAt, letGo, quiet: true });
}

function pictureOf(file: Blob | null, endpoint: UploadEndpoint, uploadId: string | null): string {
  return file ? URL.createObjectURL(file) : `/api/${endpoint}/files/${uploadId}/preview`;
}

/** An entry of what the server has, unsent, and this device knows nothing of. */
export function entryOfUnsent({ upload }: UnsentUpload, addedAt: number): TrayEntry {
  const { id, filename, kind, media_type, bytes, preview_url } = upload;
  const shown = newAttachment({
    id,
    name: filename,
    kind,
    type: media_type,
    bytes,
    uploadId: id,
    phase: "ready",
    previewUrl: preview_url,
    progress: 1,
  });
  const takenAt = kind === "image" ? 0 : undefined;
  return newEntry({ shown, file: null, addedAt, takenAt, url: `/api/liveassist/uploads/${id}` });
}
