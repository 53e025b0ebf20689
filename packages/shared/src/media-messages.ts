import { MOST_FRAMES, MOST_IMAGE_PIXELS, plainType } from "./media.ts";

/** Types people try, by what they call them and what to do instead. */
const KNOWN: Readonly<Record<string, readonly [name: string, hint: string]>> = {
  "image/heic": ["HEIC pictures", "Export it as JPEG"],
  "image/heif": ["HEIC pictures", "Export it as JPEG"],
  "image/heic-sequence": ["HEIC pictures", "Export it as JPEG"],
  "image/heif-sequence": ["HEIC pictures", "Export it as JPEG"],
  "image/svg+xml": ["SVG pictures", "Export it as PNG"],
  "image/avif": ["AVIF pictures", "Export it as JPEG"],
  "image/tiff": ["TIFF pictures", "Export it as JPEG"],
  "image/bmp": ["BMP pictures", "Export it as PNG"],
  "image/vnd.microsoft.icon": ["Icons", "Export it as PNG"],
  "video/x-matroska": ["MKV videos", "Convert it to MP4"],
  "video/x-msvideo": ["AVI videos", "Convert it to MP4"],
  "application/pdf": ["PDF files", "Take a picture of the page"],
};

/** By the end of a name, for browsers that do not know a type. */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  heic: "image/heic",
  heif: "image/heif",
  svg: "image/svg+xml",
  avif: "image/avif",
  tif: "image/tiff",
  tiff: "image/tiff",
  bmp: "image/bmp",
  mkv: "video/x-matroska",
  avi: "video/x-msvideo",
  pdf: "application/pdf",
};

const TAKEN = "Send a JPEG, PNG, WebP or GIF picture, or an MP4, WebM or MOV video.";

/** What a file is and may not be, and what to do about it, in a sentence that may be shown. `mediaType` may be empty or anything. */
export function unsupportedMedia(mediaType: string, filename = ""): string {
  const plain = plainType(mediaType);
  const extension = /\.([a-z0-9]{1,8})$/i.exec(filename)?.[1]?.toLowerCase() ?? "";
  const isVague = plain === "" || plain === "application/octet-stream";
  const type = isVague ? BY_EXTENSION[extension] : plain;
  const known = type !== undefined && Object.hasOwn(KNOWN, type) ? KNOWN[type] : undefined;
  if (known) return `${known[0]} are not supported. ${known[1]} and try again.`;
  const name = isVague ? extension : wordOf(plain);
  if (name === "") return `This kind of file is not supported. ${TAKEN}`;
  return `${name.toUpperCase()} ${groupOf(plain)} are not supported. ${TAKEN}`;
}

/** `video/x-flv` → `flv`: only what a type can be made of, so that nobody writes sentences of their own here. */
const wordOf = (plain: string): string =>
  /^[a-z]+\/(?:x-|vnd\.)?([a-z0-9.-]{1,30})/.exec(plain)?.[1]?.replace(/[.-]+$/, "") ?? "";

function groupOf(plain: string): string {
  if (plain.startsWith("image/")) return "pictures";
  return plain.startsWith("video/") ? "videos" : "files";
}

const MEGA = 1_000_000;

/** Why a file is too large. `most` in bytes. */
export const tooLarge = (what: string, most: number): string =>
  `The ${what} is too large: at most ${Math.floor(most / MEGA)} MB.`;

/** The words of the other refusals of files. */
export const MEDIA_MESSAGES = {
  UNREADABLE:
    "This file cannot be read as a picture. It may be damaged or cut short; export it anew and try again.",
  UNKNOWN_CONTENT: `This file is not what its name says, or it is damaged. ${TAKEN}`,
  NOT_A_VIDEO: "This file is not a video. Send it as a picture.",
  NOT_A_PICTURE: "Only pictures can be sent here. Send a JPEG, PNG, WebP or GIF picture.",
  NOT_A_STILL: "A still of a video has to be a JPEG picture.",
  EMPTY: "The file is empty.",
  TOO_MANY_PIXELS: `The picture has too many pixels: at most ${MOST_IMAGE_PIXELS / MEGA} megapixels.`,
  TOO_MANY_STILLS: `A video takes at most ${MOST_FRAMES} stills.`,
  TOO_MANY_UNSENT: "Too many files are waiting to be sent. Send or remove some, and try again.",
} as const;
