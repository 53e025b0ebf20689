/** What may be sent as a picture: the content decides, not the name (requirements R5). */
export const IMAGE_TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif"] as const;
/** What may be sent as a video; Premium only. */
export const VIDEO_TYPES = ["video/mp4", "video/webm", "video/quicktime"] as const;

export type MediaKind = "image" | "video";

/** Most bytes of one picture: 20 MB (requirements R5). */
export const MOST_IMAGE_BYTES = 20_000_000;
/** Most pixels of one picture, over all its frames: 40 megapixels (requirements R5). */
export const MOST_IMAGE_PIXELS = 40_000_000;
/** Stills of a video, taken in the browser for the assistant. */
export const MOST_FRAMES = 8;
/** A still is a small JPEG. */
export const MOST_FRAME_BYTES = 1_000_000;
/** Files in one message or post. */
export const MOST_FILES = 10;

/** A media type without its parameters, in lower case; empty when there is none. */
export const plainType = (mediaType: string): string => mediaType.split(";")[0]?.trim().toLowerCase() ?? "";

/** Whether a media type is a picture or a video we take; null: neither, such as SVG or HEIC. Parameters and case do not count. */
export function mediaKindOf(mediaType: string): MediaKind | null {
  const plain = plainType(mediaType);
  if ((IMAGE_TYPES as readonly string[]).includes(plain)) return "image";
  return (VIDEO_TYPES as readonly string[]).includes(plain) ? "video" : null;
}
