import { crc32, deflateSync } from "node:zlib";
import { readPng } from "./png-pixels.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;

/**
 * The same picture in a third of the bytes: the 256 commonest colours stay exactly as they are, the rest (soft edges of
 * letters, shadows) take the nearest of them.
 */
export function compressPng(png: Buffer): Buffer {
  const { width, height, channels, bytes } = readPng(png);
  const counts = new Map<number, number>();
  for (let at = 0; at < bytes.length; at += channels) {
    const colour = bytes.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const commonest = [...counts].sort((one, other) => other[1] - one[1]).map(([colour]) => colour);
  const palette = commonest.slice(0, MOST_COLOURS);
  const index = new Map(palette.map((colour, at) => [colour, at]));
  for (const colour of commonest.slice(MOST_COLOURS)) index.set(colour, nearest(colour, palette));
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      lines[y * (width + 1) + 1 + x] = index.get(bytes.readUIntBE((y * width + x) * channels, 3)) ?? 0;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const packed = deflateSync(lines, { level: 9, memLevel: 9 });
  const chunks = [
    chunk("IHDR", header),
    chunk("PLTE", colours),
    chunk("IDAT", packed),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([SIGNATURE, ...chunks]);
}

function nearest(colour: number, palette: readonly number[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, other] of palette.entries()) {
    const red = (colour >> 16) - (other >> 16);
    const green = ((colour >> 8) & 255) - ((other >> 8) & 255);
    const blue = (colour & 255) - (other & 255);
    const distance = red * red + green * green + blue * blue;
    if (distance < least) [least, best] = [distance, at];
  }
  return best;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  const check = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
