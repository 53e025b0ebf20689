import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { readPngStamp, stampPng } from "./stamp-png.ts";

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};
const SIGNATURE = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const picture = Buffer.concat([
  SIGNATURE,
  chunk("IHDR", Buffer.alloc(13)),
  chunk("IDAT", Buffer.of(1)),
  chunk("IEND", Buffer.alloc(0)),
]);

test("a picture carries its stamp in a chunk of its own, and is otherwise the same", () => {
  const stamped = stampPng(picture, "run 7, commit abc");
  expect(readPngStamp(stamped)).toBe("run 7, commit abc");
  const added = chunk("tEXt", Buffer.from("Comment\0run 7, commit abc", "latin1"));
  expect(stamped).toEqual(Buffer.concat([picture.subarray(0, 33), added, picture.subarray(33)]));
});

test("what has no stamp, or is no picture, has none", () => {
  expect(readPngStamp(picture)).toBeNull();
  expect(readPngStamp(Buffer.from("not a picture"))).toBeNull();
});
