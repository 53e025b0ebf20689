import { crc32 } from "node:zlib";

const SIGNATURE_BYTES = 8;
const KEYWORD = "Comment";

/** The picture with a text in its metadata (a tEXt chunk right after the header); nothing of what is seen changes. */
export function stampPng(png: Buffer, text: string): Buffer {
  const end = SIGNATURE_BYTES + 12 + png.readUInt32BE(SIGNATURE_BYTES);
  const body = Buffer.from(`tEXt${KEYWORD}\0${text}`, "latin1");
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length - 4, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([
    png.subarray(0, end),
    frame.subarray(0, 4),
    body,
    frame.subarray(4),
    png.subarray(end),
  ]);
}

/** The text `stampPng` put there; null: it is no PNG, or has none. */
export function readPngStamp(png: Buffer): string | null {
  if (png.length < SIGNATURE_BYTES || png.toString("latin1", 1, 4) !== "PNG") return null;
  for (let at = SIGNATURE_BYTES; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at);
    const [keyword, text] = png.toString("latin1", at + 8, at + 8 + length).split("\0");
    if (png.toString("latin1", at + 4, at + 8) === "tEXt" && keyword === KEYWORD) return text ?? null;
    at += length + 12;
  }
  return null;
}
