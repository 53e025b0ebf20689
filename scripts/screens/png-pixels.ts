import { inflateSync } from "node:zlib";

/** A decoded picture: `bytes` has `channels` bytes a pixel (3 or 4), row after row. */
export interface Pixels {
  width: number;
  height: number;
  channels: number;
  bytes: Buffer;
}

/** Decodes a PNG as browsers write it: 8 bits, RGB or RGBA, not interlaced. */
export function readPng(png: Buffer): Pixels {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 6 ? 4 : 3;
  const packed: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      packed.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const lines = inflateSync(Buffer.concat(packed));
  const stride = width * channels;
  const bytes = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row += 1) unfilter({ lines, bytes, row, stride, channels });
  return { width, height, channels, bytes };
}

interface Row {
  lines: Buffer;
  bytes: Buffer;
  row: number;
  stride: number;
  channels: number;
}

/** Undoes one row's filter (PNG specification, "Filter types for filter method 0"). */
function unfilter({ lines, bytes, row, stride, channels }: Row): void {
  const from = row * (stride + 1);
  const to = row * stride;
  const filter = lines[from] ?? 0;
  for (let x = 0; x < stride; x += 1) {
    const left = x >= channels ? (bytes[to + x - channels] ?? 0) : 0;
    const up = row > 0 ? (bytes[to + x - stride] ?? 0) : 0;
    const corner = row > 0 && x >= channels ? (bytes[to + x - stride - channels] ?? 0) : 0;
    bytes[to + x] = (lines[from + 1 + x] ?? 0) + predicted(filter, { left, up, corner });
  }
}

function predicted(
  filter: number,
  { left, up, corner }: { left: number; up: number; corner: number },
): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
