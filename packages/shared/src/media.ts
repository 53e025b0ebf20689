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

/** By the end of a name, for systems that know no type of a file. */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  mp4: "video/mp4",
  m4v: "video/mp4",
  webm: "video/webm",
  mov: "video/quicktime",
};

/** What a file says it is, plain: its type, or what its name promises where it has none that says anything. */
export function declaredType(mediaType: string, filename: string): string {
  const plain = plainType(mediaType);
  if (plain !== "" && plain !== "application/octet-stream") return plain;
  const extension = /\.([a-z0-9]{1,8})$/i.exec(filename)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(BY_EXTENSION, extension) ? (BY_EXTENSION[extension] ?? plain) : plain;
}

/** Whether a media type is a picture or a video we take; null: neither, such as SVG or HEIC. Parameters and case do not count. */
export function mediaKindOf(mediaType: string): MediaKind | null {
  const plain = plainType(mediaType);
  if ((IMAGE_TYPES as readonly string[]).includes(plain)) return "image";
  return (VIDEO_TYPES as readonly string[]).includes(plain) ? "video" : null;
}
