import { readFile } from "node:fs/promises";
import type { MediaPort } from "../../src/media-port.ts";

/**
 * Believes what a file's first line says: `image/png 640x480`, `video/mp4`, `unreadable image/png`. The real one is tested
 * in the server.
 */
export function createFakeMedia(): MediaPort {
  const headOf = async (path: string): Promise<string> =>
    (await readFile(path, "utf8")).split("\n")[0]?.trim() ?? "";
  return {
    async typeOf(path) {
      return /(image|video)\/[\w+.-]+/.exec(await headOf(path))?.[0] ?? null;
    },
    async cleanImage(path) {
      const head = await headOf(path);
      if (head.startsWith("unreadable")) return { ok: false, problem: "unreadable" };
      const [, mediaType = "image/png", width = "1", height = "1"] =
        /^(\S+)(?: (\d+)x(\d+))?/.exec(head) ?? [];
      if (Number(width) * Number(height) > 40_000_000) return { ok: false, problem: "too-many-pixels" };
      const bytes = Buffer.from(`clean ${head}`);
      const image = { bytes, mediaType, width: Number(width), height: Number(height), preview: bytes };
      return { ok: true, image };
    },
  };
}
