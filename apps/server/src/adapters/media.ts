import type { CleanedImage, CleanImage, MediaPort } from "@liveassist/api";
import { IMAGE_TYPES, MOST_IMAGE_PIXELS } from "@liveassist/shared/media";
import { fileTypeFromFile } from "file-type";
import sharp, { type Sharp, type SharpOptions } from "sharp";
import { judgePixels } from "./media-bounds.ts";
import { takeTurns } from "./media-turns.ts";

/** Pictures decoded at once in this process: one of 40 megapixels takes 160 MB. */
const AT_ONCE = 2;
/** The longer side of a preview. */
const PREVIEW_PIXELS = 480;
const MOST_SECONDS = 30;

type ImageType = (typeof IMAGE_TYPES)[number];

/** Names for the same thing: an animated PNG is served as a still one, and M4V is MP4. */
const SAME: Readonly<Record<string, string>> = { "image/apng": "image/png", "video/x-m4v": "video/mp4" };

/** How each type is written anew. Metadata and colour profiles stay behind, because sharp keeps them only if asked to. */
const WRITE: Record<ImageType, (image: Sharp) => Sharp> = {
  "image/jpeg": (image) => image.jpeg({ quality: 88 }),
  "image/png": (image) => image.png({ compressionLevel: 7 }),
  "image/webp": (image) => image.webp({ quality: 88, effort: 3 }),
  "image/gif": (image) => image.gif({ effort: 4 }),
};

// Set for the whole process. Other decoders, among them the one for SVG, cannot be reached, whatever a file says it is.
sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif"],
});

/** Looks into files by their content, and makes pictures anew with libvips, at most two at once. */
export function createMedia(): MediaPort {
  const inTurn = takeTurns(AT_ONCE);
  return {
    typeOf,
    async cleanImage(path) {
      const mediaType = await typeOf(path);
      if (!isImageType(mediaType)) return { ok: false, problem: "unreadable" };
      return inTurn(() => clean(path, mediaType));
    },
  };
}

async function typeOf(path: string): Promise<string | null> {
  const mime = (await fileTypeFromFile(path))?.mime;
  return mime === undefined ? null : (SAME[mime] ?? mime);
}

const isImageType = (type: string | null): type is ImageType =>
  (IMAGE_TYPES as readonly (string | null)[]).includes(type);

/** The header is judged before a pixel is unpacked; the limit is given to the decoder as well, in case the header lied. */
async function clean(path: string, mediaType: ImageType): Promise<CleanedImage> {
  try {
    const { width, height, pages = 1 } = await sharp(path, { limitInputPixels: false }).metadata();
    const verdict = judgePixels({ width, height, frames: pages });
    if (verdict === "too-many") return { ok: false, problem: "too-many-pixels" };
    return { ok: true, image: await makeAnew(path, { mediaType, animated: verdict === "animated" }) };
  } catch {
    // The file itself was read a moment ago: what libvips throws now is about what is in it.
    return { ok: false, problem: "unreadable" };
  }
}

async function makeAnew(
  path: string,
  { mediaType, animated }: { mediaType: ImageType; animated: boolean },
): Promise<CleanImage> {
  const options: SharpOptions = { limitInputPixels: MOST_IMAGE_PIXELS, failOn: "error" };
  const whole = sharp(path, { ...options, animated });
  // Frames lie one below the other in libvips, and cannot be turned.
  const upright = animated ? whole : whole.autoOrient();
  const { data, info } = await WRITE[mediaType](upright)
    .timeout({ seconds: MOST_SECONDS })
    .toBuffer({ resolveWithObject: true });
  const preview = await sharp(path, options)
    .autoOrient()
    .resize(PREVIEW_PIXELS, PREVIEW_PIXELS, { fit: "inside", withoutEnlargement: true })
    .webp({ quality: 80 })
    .timeout({ seconds: MOST_SECONDS })
    .toBuffer();
  return { bytes: data, mediaType, width: info.width, height: info.pageHeight ?? info.height, preview };
}
