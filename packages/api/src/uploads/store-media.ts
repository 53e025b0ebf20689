import { type MediaKind, mediaKindOf } from "@liveassist/shared/media";
import { judgeContent } from "@liveassist/shared/media-content";
import type { MediaRefusal } from "@liveassist/shared/media-declared";
import { MEDIA_MESSAGES } from "@liveassist/shared/media-messages";
import { limitsOf } from "@liveassist/shared/plans";
import { readUserState } from "../billing/read-user-state.ts";
import type { Deps } from "../deps.ts";
import type { MediaProblem } from "../media-port.ts";
import { keysOf, type UploadRow } from "./upload-row.ts";

/** What a file turned out to be, and where it is kept now: columns of its row. */
export interface StoredMedia {
  readonly kind: MediaKind;
  readonly mediaType: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly storageKey: string;
  readonly previewKey: string | null;
}

type Stored = { readonly ok: true; readonly media: StoredMedia } | MediaRefusal;

const REFUSALS: Readonly<Record<MediaProblem, MediaRefusal>> = {
  unreadable: { ok: false, code: "UNSUPPORTED_MEDIA", message: MEDIA_MESSAGES.UNREADABLE },
  "too-many-pixels": { ok: false, code: "TOO_LARGE", message: MEDIA_MESSAGES.TOO_MANY_PIXELS },
};

/**
 * Looks into an arrived file and stores it under the keys of its row, pictures made anew; answers why not, with nothing
 * stored. Doing it again stores the same again, as long as the local file is there: a video is moved, a picture is not.
 */
export async function storeMedia(deps: Deps, row: UploadRow, path: string): Promise<Stored> {
  const contentType = await deps.media.typeOf(path);
  const isVideo = contentType !== null && mediaKindOf(contentType) === "video";
  // Asked before a video is stored, and once more when it is marked.
  const mayVideo = isVideo && row.purpose === "liveassist" && (await hasVideo(deps, row.userId));
  const judged = judgeContent({ purpose: row.purpose, declared: row.kind, contentType, mayVideo });
  if (!judged.ok) return judged;
  return judged.kind === "video" && contentType !== null
    ? storeVideo(deps, row, { path, mediaType: contentType })
    : storePicture(deps, row, path);
}

async function hasVideo(deps: Deps, userId: string): Promise<boolean> {
  const { standing } = await readUserState(deps, userId);
  return limitsOf(standing.plan, deps.settings).video;
}

async function storeVideo(
  deps: Deps,
  row: UploadRow,
  video: { readonly path: string; readonly mediaType: string },
): Promise<Stored> {
  const storageKey = keysOf(row).file;
  await deps.storage.putFile(storageKey, video.path);
  const bytes = (await deps.storage.sizeOf(storageKey)) ?? row.bytes;
  const media = { kind: "video" as const, mediaType: video.mediaType, bytes, width: null, height: null };
  return { ok: true, media: { ...media, storageKey, previewKey: null } };
}

async function storePicture(deps: Deps, row: UploadRow, path: string): Promise<Stored> {
  const cleaned = await deps.media.cleanImage(path);
  if (!cleaned.ok) return REFUSALS[cleaned.problem];
  const { bytes, mediaType, width, height, preview } = cleaned.image;
  const keys = keysOf(row);
  await deps.storage.putBytes(keys.file, bytes);
  await deps.storage.putBytes(keys.preview, preview);
  const media = { kind: "image" as const, mediaType, bytes: bytes.length, width, height };
  return { ok: true, media: { ...media, storageKey: keys.file, previewKey: keys.preview } };
}
