import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

/** Files for tests, made here: small ones that behave, and small ones that unpack to gigabytes. */

export interface PhotoOptions {
  readonly width?: number;
  readonly height?: number;
  readonly type?: "jpeg" | "png" | "webp" | "gif";
}

/** A noisy picture, so that cutting it short cuts pixels. */
export function photo({ width = 64, height = 48, type = "jpeg" }: PhotoOptions = {}): Promise<Buffer> {
  const noise = { type: "gaussian", mean: 128, sigma: 40 } as const;
  return sharp({ create: { width, height, channels: 3, noise, background: "red" } })
    [type]()
    .toBuffer();
}

/** A photo as a phone takes it: lying on its side, with the camera, the place and a colour profile in it. */
export async function phonePhoto(type: "jpeg" | "png" | "webp" = "jpeg"): Promise<Buffer> {
  const GPS = { GPSLatitudeRef: "N", GPSLatitude: "59/1 19/1 0/1" };
  return sharp(await photo({ width: 60, height: 40 }))
    .withExif({ IFD0: { Make: "SecretCam", ImageDescription: "SecretPlace" }, IFD3: GPS })
    .withIccProfile("p3", { attach: true })
    .withMetadata({ orientation: 6 })
    [type]()
    .toBuffer();
}

/** Three frames of different colours, 40 × 30. */
export async function moving(type: "gif" | "webp"): Promise<Buffer> {
  const frames = ["red", "blue", "green"].map((background) => ({
    create: { width: 40, height: 30, channels: 3 as const, background },
  }));
  const stills = await Promise.all(frames.map((frame) => sharp(frame).png().toBuffer()));
  return sharp(stills, { join: { animated: true } })
    [type]({ loop: 0 })
    .toBuffer();
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** A PNG of any size whose pixels are zeros: a thousandth of them when compressed. */
export function pngBomb(width = 60_000, height = 60_000): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const magic = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const pixels = deflateSync(Buffer.alloc(1_000_000));
  const end = Buffer.alloc(0);
  return Buffer.concat([magic, pngChunk("IHDR", header), pngChunk("IDAT", pixels), pngChunk("IEND", end)]);
}

/** A GIF of so many frames, 27 bytes each, whatever their size. */
export function gifOf(width: number, height: number, frames: number): Buffer {
  const screen = Buffer.alloc(7);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  screen[4] = 0x80;
  const frame = Buffer.from([
    0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0x44, 1, 0,
  ]);
  frame.writeUInt16LE(width, 13);
  frame.writeUInt16LE(height, 15);
  const colours = Buffer.from([0, 0, 0, 255, 255, 255]);
  const body = Array.from({ length: frames }, () => frame);
  return Buffer.concat([Buffer.from("GIF89a"), screen, colours, ...body, Buffer.from([0x3b])]);
}

function riffChunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type);
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

/** A WebP animation of 16383 × 16383 pixels a frame. */
export async function webpBomb(frames = 10): Promise<Buffer> {
  const [side, height] = [16_383, 1_000];
  const solid = { width: side, height, channels: 3, background: "red" } as const;
  const still = await sharp({ create: solid }).webp({ lossless: true }).toBuffer();
  const canvas = Buffer.alloc(10);
  canvas[0] = 2;
  canvas.writeUIntLE(side - 1, 4, 3);
  canvas.writeUIntLE(side - 1, 7, 3);
  const place = Buffer.alloc(16);
  place.writeUIntLE(side - 1, 6, 3);
  place.writeUIntLE(height - 1, 9, 3);
  place.writeUIntLE(100, 12, 3);
  const frame = riffChunk("ANMF", Buffer.concat([place, still.subarray(12)]));
  const body = [Buffer.from("WEBP"), riffChunk("VP8X", canvas), riffChunk("ANIM", Buffer.alloc(6))];
  const all = Buffer.concat([...body, ...Array.from({ length: frames }, () => frame)]);
  const head = Buffer.alloc(8);
  head.write("RIFF");
  head.writeUInt32LE(all.length, 4);
  return Buffer.concat([head, all]);
}

/** What tells a film's container; the rest is noise. */
export function film(brand: "isom" | "qt  " | "webm" = "isom", bytes = 4_096): Buffer {
  const content = Buffer.alloc(bytes, "frame");
  if (brand === "webm") {
    const head = [
      0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 1, 0x42, 0xf7, 0x81, 1, 0x42, 0xf2, 0x81, 4,
    ];
    const rest = [
      0x42,
      0xf3,
      0x81,
      8,
      0x42,
      0x82,
      0x84,
      ...Buffer.from("webm"),
      0x42,
      0x87,
      0x81,
      2,
      0x42,
      0x85,
      0x81,
      2,
    ];
    Buffer.from([...head, ...rest]).copy(content);
    return content;
  }
  content.writeUInt32BE(24, 0);
  content.write(`ftyp${brand}`, 4);
  content.writeUInt32BE(0x200, 12);
  content.write(`${brand}${brand === "isom" ? "mp41" : brand}`, 16);
  content.writeUInt32BE(bytes - 24, 24);
  content.write("mdat", 28);
  return content;
}
