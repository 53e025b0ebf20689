import fc from "fast-check";
import { expect, test } from "vitest";
import { mediaKindOf } from "./media.ts";
import { unsupportedMedia } from "./media-messages.ts";

test.each([
  ["image/heic", "HEIC pictures are not supported. Export it as JPEG and try again."],
  ["IMAGE/HEIF", "HEIC pictures are not supported. Export it as JPEG and try again."],
  ["image/svg+xml; charset=utf-8", "SVG pictures are not supported. Export it as PNG and try again."],
  ["image/avif", "AVIF pictures are not supported. Export it as JPEG and try again."],
  ["video/x-matroska", "MKV videos are not supported. Convert it to MP4 and try again."],
  ["application/pdf", "PDF files are not supported. Take a picture of the page and try again."],
])("%s is refused by its name, with what to do", (mediaType, words) => {
  expect(unsupportedMedia(mediaType)).toBe(words);
});

test("what we never heard of is called by its own name", () => {
  expect(unsupportedMedia("video/x-flv")).toMatch(/^FLV videos are not supported\. Send a JPEG/);
  expect(unsupportedMedia("application/zip")).toMatch(/^ZIP files are not supported\./);
});

test("without a type, the end of the name tells", () => {
  expect(unsupportedMedia("", "IMG_0001.HEIC")).toMatch(/^HEIC pictures/);
  expect(unsupportedMedia("application/octet-stream", "a.b.docx")).toMatch(/^DOCX files/);
  expect(unsupportedMedia("", "README")).toMatch(/^This kind of file/);
  expect(unsupportedMedia("constructor", "")).toMatch(/^This kind of file/);
});

test("whatever a client calls its file, the words stay ours, short, and without signs of its own", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 300 }), (mediaType, filename) => {
      fc.pre(mediaKindOf(mediaType) === null);
      const words = unsupportedMedia(mediaType, filename);
      expect(words).toMatch(/^[\w .,+-]+$/);
      expect(words.length).toBeLessThan(160);
    }),
  );
});
