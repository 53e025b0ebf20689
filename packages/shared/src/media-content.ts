import { LIMIT_MESSAGES } from "./limit-messages.ts";
import { type MediaKind, mediaKindOf } from "./media.ts";
import type { MediaRefusal, UploadPurpose } from "./media-declared.ts";
import { MEDIA_MESSAGES, unsupportedMedia } from "./media-messages.ts";

/** What has arrived, against what was said about it. */
export interface ArrivedMedia {
  readonly purpose: UploadPurpose;
  readonly declared: MediaKind;
  /** By its content; null: unknown. */
  readonly contentType: string | null;
  /** Whether the sender's plan has video now. */
  readonly mayVideo: boolean;
}

/**
 * What a file is by its content, or why it is not taken. Any picture is a picture, whatever it was called; what turns out
 * to be a video needs Premium at its end, also when it was declared a picture (design I9).
 */
export function judgeContent(
  arrived: ArrivedMedia,
): { readonly ok: true; readonly kind: MediaKind } | MediaRefusal {
  const { purpose, declared, contentType, mayVideo } = arrived;
  const kind = contentType === null ? null : mediaKindOf(contentType);
  if (kind === null) {
    const message = contentType === null ? MEDIA_MESSAGES.UNKNOWN_CONTENT : unsupportedMedia(contentType);
    return { ok: false, code: "UNSUPPORTED_MEDIA", message };
  }
  if (kind === "video" && purpose !== "liveassist")
    return { ok: false, code: "UNSUPPORTED_MEDIA", message: MEDIA_MESSAGES.NOT_A_PICTURE };
  if (kind === "video" && !mayVideo)
    return { ok: false, code: "VIDEO_REQUIRES_PREMIUM", message: LIMIT_MESSAGES.VIDEO_REQUIRES_PREMIUM };
  // A picture that came as a video took no unit and was allowed a video's size.
  if (kind === "image" && declared === "video")
    return { ok: false, code: "UNSUPPORTED_MEDIA", message: MEDIA_MESSAGES.NOT_A_VIDEO };
  return { ok: true, kind };
}
