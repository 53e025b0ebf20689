import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE_BYTES = 8;

/** The same picture in fewer bytes: browsers compress for speed, the repository keeps the result for ever. */
export function compressPng(png: Buffer): Buffer {
  const kept: Buffer[] = [png.subarray(0, SIGNATURE_BYTES)];
  const pixels: Buffer[] = [];
  let at = SIGNATURE_BYTES;
  while (at < png.length) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === "IDAT") pixels.push(data);
    else if (type === "IEND") kept.push(chunk("IDAT", repacked(pixels)), chunk("IEND", data));
    else kept.push(chunk(type, data));
    at += length + 12;
  }
  return Buffer.concat(kept);
}

const repacked = (pixels: Buffer[]): Buffer =>
  deflateSync(inflateSync(Buffer.concat(pixels)), { level: 9, memLevel: 9 });

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
