import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { film, gifOf, moving, phonePhoto, photo, pngBomb, webpBomb } from "../../test/support/pictures.ts";
import { createMedia } from "./media.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "liveassist-media-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const media = createMedia();
let count = 0;
async function on(bytes: Buffer | string): Promise<string> {
  count += 1;
  const path = join(home, `file-${count}`);
  await writeFile(path, bytes);
  return path;
}
async function cleaned(bytes: Buffer) {
  const answer = await media.cleanImage(await on(bytes));
  if (!answer.ok) throw new Error(`refused: ${answer.problem}`);
  return answer.image;
}
const refusal = async (bytes: Buffer | string) => media.cleanImage(await on(bytes));

describe("a type is told by content", () => {
  test.each([
    ["image/jpeg", () => photo()],
    ["image/png", () => photo({ type: "png" })],
    ["image/webp", () => photo({ type: "webp" })],
    ["image/gif", async () => gifOf(4, 4, 2)],
    ["video/mp4", async () => film()],
    ["video/quicktime", async () => film("qt  ")],
    ["video/webm", async () => film("webm")],
  ])("%s", async (type, make) => {
    expect(await media.typeOf(await on(await make()))).toBe(type);
  });

  test("an HEIC picture is called by its name, and words are nothing", async () => {
    const heic = film();
    heic.write("heic", 8);
    expect(await media.typeOf(await on(heic))).toBe("image/heic");
    expect(await media.typeOf(await on("hello, I am a picture"))).toBeNull();
    expect(await media.typeOf(await on(""))).toBeNull();
  });
});

describe("a picture is made anew", () => {
  test.each(["jpeg", "png", "webp"] as const)(
    "a phone's %s stands upright and says nothing more",
    async (type) => {
      const before = await phonePhoto(type);
      expect(before.includes("SecretCam")).toBe(true);
      const image = await cleaned(before);
      expect(image).toMatchObject({ mediaType: `image/${type}`, width: 40, height: 60 });
      for (const bytes of [image.bytes, image.preview]) {
        const { exif, icc, xmp, orientation } = await sharp(bytes).metadata();
        expect([exif, icc, xmp, orientation ?? 1]).toEqual([undefined, undefined, undefined, 1]);
        expect(Buffer.from(bytes).includes("Secret")).toBe(false);
      }
      expect(await sharp(image.bytes).metadata()).toMatchObject({ format: type, width: 40, height: 60 });
    },
  );

  test("what hides behind the end of a picture is gone", async () => {
    const image = await cleaned(Buffer.concat([await photo(), Buffer.from("<script>alert(1)</script>")]));
    expect(Buffer.from(image.bytes).includes("script")).toBe(false);
  });

  test("a preview is a WebP of at most 480 pixels; a small picture is not blown up", async () => {
    const large = await cleaned(await photo({ width: 1_200, height: 300 }));
    expect(await sharp(large.preview).metadata()).toMatchObject({ format: "webp", width: 480, height: 120 });
    const small = await cleaned(await photo({ width: 20, height: 10 }));
    expect(await sharp(small.preview).metadata()).toMatchObject({ format: "webp", width: 20, height: 10 });
  });

  test.each(["gif", "webp"] as const)(
    "a moving %s keeps its frames, and its preview stands still",
    async (type) => {
      const image = await cleaned(await moving(type));
      expect(image).toMatchObject({ mediaType: `image/${type}`, width: 40, height: 30 });
      expect((await sharp(image.bytes).metadata()).pages).toBe(3);
      expect((await sharp(image.preview).metadata()).pages ?? 1).toBe(1);
    },
  );

  test("one with more pixels over all frames than we take becomes its first frame", async () => {
    const image = await cleaned(gifOf(1_000, 1_000, 60));
    expect(image).toMatchObject({ width: 1_000, height: 1_000 });
    expect((await sharp(image.bytes).metadata()).pages ?? 1).toBe(1);
  });
});

describe("a bomb is refused before it is unpacked", () => {
  test.each([
    ["a PNG of 3.6 gigapixels", async () => pngBomb()],
    ["a PNG just over the limit", async () => pngBomb(8_000, 5_001)],
    ["a GIF of 4.3 gigapixels", async () => gifOf(65_535, 65_535, 1)],
    ["a GIF of many frames", async () => gifOf(1_000, 1_000, 5_000)],
    ["an animated WebP of 2.7 gigapixels", () => webpBomb()],
  ])("%s", async (_what, make) => {
    const bytes = await make();
    expect(bytes.length).toBeLessThan(200_000);
    const before = process.memoryUsage.rss();
    expect(await refusal(bytes)).toEqual({ ok: false, problem: "too-many-pixels" });
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
  });

  test("half a million frames of one pixel are one", async () => {
    expect((await cleaned(gifOf(1, 1, 500_000))).bytes.length).toBeLessThan(1_000);
  });
});

describe("what is no picture is unreadable", () => {
  test.each(["jpeg", "png", "webp", "gif"] as const)("a %s that was cut short, wherever", async (type) => {
    const whole = await photo({ type, width: 200, height: 150 });
    for (const share of [0.01, 0.3, 0.9]) {
      const cut = whole.subarray(0, Math.max(12, Math.floor(whole.length * share)));
      expect(await refusal(cut), `${share}`).toEqual({ ok: false, problem: "unreadable" });
    }
  });

  test.each([
    ["SVG", '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'],
    ["a TIFF", Buffer.from("49492a0008000000", "hex")],
    ["a PDF", "%PDF-1.7\n1 0 obj\n"],
    ["a page", "<!doctype html><html><body>hi</body></html>"],
    ["a film", film()],
    ["nothing", ""],
  ])("%s", async (_what, bytes) => {
    expect(await refusal(bytes)).toEqual({ ok: false, problem: "unreadable" });
  });

  test("sharp itself cannot draw SVG in this process", async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>');
    await expect(sharp(svg).png().toBuffer()).rejects.toThrow("unsupported");
  });
});

test("a file that is missing is our fault, not the sender's", async () => {
  await expect(media.cleanImage(join(home, "nowhere"))).rejects.toThrow("ENOENT");
});
