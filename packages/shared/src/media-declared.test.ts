import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IMAGE_TYPES, MOST_FRAME_BYTES, MOST_IMAGE_BYTES, VIDEO_TYPES } from "./media.ts";
import { type DeclaredMedia, judgeDeclared, MOST_WAITING_FILES, mayWait } from "./media-declared.ts";

const VIDEO_BYTES = 200_000_000;
const judge = (over: Partial<DeclaredMedia>) =>
  judgeDeclared({
    purpose: "liveassist",
    mediaType: "image/png",
    filename: "cat.png",
    bytes: 1,
    mostVideoBytes: VIDEO_BYTES,
    ...over,
  });

describe("what is said about a file", () => {
  test.each([...IMAGE_TYPES])("%s is a picture, up to 20 MB", (mediaType) => {
    expect(judge({ mediaType, bytes: MOST_IMAGE_BYTES })).toEqual({ ok: true, kind: "image" });
    expect(judge({ mediaType, bytes: MOST_IMAGE_BYTES + 1 })).toMatchObject({
      code: "TOO_LARGE",
      message: "The picture is too large: at most 20 MB.",
    });
  });
  test.each([...VIDEO_TYPES])(
    "%s is a video, up to the configured size, for the assistant only",
    (mediaType) => {
      expect(judge({ mediaType, bytes: VIDEO_BYTES })).toEqual({ ok: true, kind: "video" });
      expect(judge({ mediaType, bytes: VIDEO_BYTES + 1 })).toMatchObject({
        code: "TOO_LARGE",
        message: "The video is too large: at most 200 MB.",
      });
      for (const purpose of ["community", "frame"] as const)
        expect(judge({ mediaType, purpose })).toMatchObject({ code: "UNSUPPORTED_MEDIA" });
    },
  );
  test("a still is a JPEG of at most a megabyte", () => {
    const still = { purpose: "frame", mediaType: "image/jpeg" } as const;
    expect(judge({ ...still, bytes: MOST_FRAME_BYTES })).toEqual({ ok: true, kind: "image" });
    expect(judge({ ...still, bytes: MOST_FRAME_BYTES + 1 })).toMatchObject({ code: "TOO_LARGE" });
    expect(judge({ ...still, mediaType: "image/png" })).toMatchObject({ code: "UNSUPPORTED_MEDIA" });
  });
  test("capitals and parameters of a type do not matter", () => {
    expect(judge({ mediaType: " IMAGE/JPEG ; q=1" })).toEqual({ ok: true, kind: "image" });
    expect(judge({ purpose: "frame", mediaType: "Image/Jpeg;q=1" })).toEqual({ ok: true, kind: "image" });
  });
  test("without a type that says anything, the end of its name does", () => {
    for (const mediaType of ["", "application/octet-stream"]) {
      expect(judge({ mediaType, filename: "My Photo.JPG" })).toEqual({ ok: true, kind: "image" });
      expect(judge({ mediaType, filename: "clip.mov" })).toEqual({ ok: true, kind: "video" });
      expect(judge({ mediaType, filename: "png" })).toMatchObject({ code: "UNSUPPORTED_MEDIA" });
      expect(judge({ mediaType, filename: "a.constructor" })).toMatchObject({ code: "UNSUPPORTED_MEDIA" });
    }
    expect(judge({ mediaType: "text/html", filename: "cat.png" })).toMatchObject({
      code: "UNSUPPORTED_MEDIA",
    });
  });
  test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("no file has %d bytes", (bytes) => {
    expect(judge({ bytes })).toMatchObject({ code: "INVALID_INPUT" });
  });
});

test("files may wait up to 50, and up to ten videos' bytes, exactly", () => {
  const may = (files: number, bytes: number, more: number) => mayWait({ files, bytes }, more, VIDEO_BYTES);
  expect(may(MOST_WAITING_FILES - 1, 0, 1)).toBe(true);
  expect(may(MOST_WAITING_FILES, 0, 1)).toBe(false);
  expect(may(9, 9 * VIDEO_BYTES, VIDEO_BYTES)).toBe(true);
  expect(may(9, 9 * VIDEO_BYTES, VIDEO_BYTES + 1)).toBe(false);
  // However small videos have to be, ten pictures may wait.
  expect(mayWait({ files: 9, bytes: 9 * MOST_IMAGE_BYTES }, MOST_IMAGE_BYTES, 1_000_000)).toBe(true);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: VIDEO_BYTES }), { maxLength: 80 }), (sizes) => {
      const waiting = { files: 0, bytes: 0 };
      for (const size of sizes) {
        if (!mayWait(waiting, size, VIDEO_BYTES)) continue;
        waiting.files += 1;
        waiting.bytes += size;
      }
      expect(waiting.files).toBeLessThanOrEqual(MOST_WAITING_FILES);
      expect(waiting.bytes).toBeLessThanOrEqual(10 * VIDEO_BYTES);
    }),
  );
});
