import { crc32, deflateSync } from "node:zlib";
import { readPng } from "./png-pixels.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;

const COMMONEST = 96;

/**
 * The same picture in a third of the bytes: the commonest colours stay exactly as they are, and those that would be missed
 * most (a small star in a colour of its own); the rest (soft edges of letters, shadows) take the nearest of them.
 */
export function compressPng(png: Buffer): Buffer {
  const { width, height, channels, bytes } = readPng(png);
  const counts = new Map<number, number>();
  // Most pixels have their neighbour's colour: looked up once for all of them.
  let run = 0;
  for (let at = 0; at < bytes.length; at += channels) {
    run += 1;
    if (at + channels < bytes.length && isSame(bytes, at, at + channels)) continue;
    const colour = bytes.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + run);
    run = 0;
  }
  const palette = chooseColours(counts);
  const index = new Map(palette.map((colour, at) => [colour, at]));
  for (const colour of counts.keys()) if (!index.has(colour)) index.set(colour, nearest(colour, palette));
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    let entry = 0;
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * channels;
      if (x === 0 || !isSame(bytes, at - channels, at)) entry = index.get(bytes.readUIntBE(at, 3)) ?? 0;
      lines[y * (width + 1) + 1 + x] = entry;
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

const isSame = (bytes: Buffer, one: number, other: number): boolean =>
  bytes[one] === bytes[other] && bytes[one + 1] === bytes[other + 1] && bytes[one + 2] === bytes[other + 2];

/** The commonest, then one by one the colour whose pixels, taken together, are furthest from all that were chosen. */
function chooseColours(counts: ReadonlyMap<number, number>): number[] {
  const commonest = [...counts].sort((one, other) => other[1] - one[1]);
  const palette = commonest.slice(0, COMMONEST).map(([colour]) => colour);
  const rest = commonest.slice(COMMONEST).map(([colour, count]) => {
    const away = Math.min(...palette.map((chosen) => distance(colour, chosen)));
    return { colour, count, away };
  });
  while (palette.length < MOST_COLOURS) {
    const missed = rest.reduce((most, one) => (one.count * one.away > most.count * most.away ? one : most), {
      colour: 0,
      count: 0,
      away: 0,
    });
    if (missed.away === 0) break;
    palette.push(missed.colour);
    for (const one of rest) one.away = Math.min(one.away, distance(one.colour, missed.colour));
  }
  return palette;
}

function nearest(colour: number, palette: readonly number[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, other] of palette.entries()) {
    const away = distance(colour, other);
    if (away < least) [least, best] = [away, at];
  }
  return best;
}

/** Between two colours, squared. */
function distance(one: number, other: number): number {
  const red = (one >> 16) - (other >> 16);
  const green = ((one >> 8) & 255) - ((other >> 8) & 255);
  const blue = (one & 255) - (other & 255);
  return red * red + green * green + blue * blue;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  const check = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
