import type { ErrorCode } from "./errors.ts";
import {
  declaredType,
  type MediaKind,
  MOST_FILES,
  MOST_FRAME_BYTES,
  MOST_IMAGE_BYTES,
  mediaKindOf,
} from "./media.ts";
import { MEDIA_MESSAGES, tooLarge, unsupportedMedia } from "./media-messages.ts";

/** What a file is sent for: to the assistant, as a still of a video, or with a post. */
export type UploadPurpose = "liveassist" | "frame" | "community";

/** Why a file is not taken: a contract code, and words that may be shown. */
export interface MediaRefusal {
  readonly ok: false;
  readonly code: Extract<
    ErrorCode,
    "INVALID_INPUT" | "UNSUPPORTED_MEDIA" | "TOO_LARGE" | "VIDEO_REQUIRES_PREMIUM"
  >;
  readonly message: string;
}

/** What a client says about a file before it sends it. */
export interface DeclaredMedia {
  readonly purpose: UploadPurpose;
  readonly mediaType: string;
  readonly filename: string;
  readonly bytes: number;
  /** Largest video, in bytes. */
  readonly mostVideoBytes: number;
}

const refuse = (code: MediaRefusal["code"], message: string): MediaRefusal => ({ ok: false, code, message });

/**
 * Whether a file may begin, by what is said about it (requirements R5): a type we take for this purpose, and no larger than
 * its kind may be. The plan is not asked here.
 */
export function judgeDeclared(
  declared: DeclaredMedia,
): { readonly ok: true; readonly kind: MediaKind } | MediaRefusal {
  const { purpose, filename, bytes, mostVideoBytes } = declared;
  const mediaType = declaredType(declared.mediaType, filename);
  const kind = mediaKindOf(mediaType);
  if (kind === null) return refuse("UNSUPPORTED_MEDIA", unsupportedMedia(mediaType, filename));
  if (purpose === "frame" && kind === "image" && mediaType !== "image/jpeg")
    return refuse("UNSUPPORTED_MEDIA", MEDIA_MESSAGES.NOT_A_STILL);
  if (purpose !== "liveassist" && kind === "video")
    return refuse("UNSUPPORTED_MEDIA", MEDIA_MESSAGES.NOT_A_PICTURE);
  if (!Number.isSafeInteger(bytes) || bytes <= 0) return refuse("INVALID_INPUT", MEDIA_MESSAGES.EMPTY);
  const most = mostBytesOf(purpose, kind, mostVideoBytes);
  if (bytes <= most) return { ok: true, kind };
  return refuse("TOO_LARGE", tooLarge(kind === "video" ? "video" : "picture", most));
}

/** The largest file of a purpose and kind, in bytes (requirements R5, `MAX_VIDEO_MB`). */
export function mostBytesOf(purpose: UploadPurpose, kind: MediaKind, mostVideoBytes: number): number {
  if (purpose === "frame") return MOST_FRAME_BYTES;
  return kind === "video" ? mostVideoBytes : MOST_IMAGE_BYTES;
}

/** Whether files may wait unsent on top of those that do: so many, and so many bytes as one message could take. */
export function mayWait(
  waiting: { readonly files: number; readonly bytes: number },
  bytes: number,
  mostVideoBytes: number,
): boolean {
  const largest = Math.max(mostVideoBytes, MOST_IMAGE_BYTES);
  return waiting.files < MOST_WAITING_FILES && waiting.bytes + bytes <= MOST_FILES * largest;
}

/** Unsent files of one user, stills aside. */
export const MOST_WAITING_FILES = 50;
