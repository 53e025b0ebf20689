import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { Readable } from "node:stream";
import type { MediaPort, StoragePort } from "@liveassist/api";

/** What arrives: the path of a simulated file is its content, so that no disk is touched and nothing takes real time. */
export const CONTENTS = [
  "image/png",
  "image/jpeg",
  "unreadable image/png",
  "video/mp4",
  "text/plain",
] as const;

const realRm = fs.rm;

/** While a life is played there are no files on a disk, so removing one is done at once. */
export function forgetDisk(): void {
  fs.rm = async () => {};
  syncBuiltinESMExports();
}

/** Gives the disk back. */
export function rememberDisk(): void {
  fs.rm = realRm;
  syncBuiltinESMExports();
}

/** One storage for all processes: what is kept under which key. */
export class MemoryFiles implements StoragePort {
  readonly kept = new Map<string, Uint8Array>();

  async putFile(key: string, path: string): Promise<void> {
    this.kept.set(key, Buffer.from(path));
  }
  async putBytes(key: string, bytes: Uint8Array): Promise<void> {
    this.kept.set(key, bytes);
  }
  async sizeOf(key: string): Promise<number | null> {
    return this.kept.get(key)?.length ?? null;
  }
  async open(key: string): Promise<Readable> {
    return Readable.from([await this.read(key)]);
  }
  async read(key: string): Promise<Uint8Array> {
    return this.kept.get(key) ?? Buffer.from("");
  }
  async remove(key: string): Promise<void> {
    this.kept.delete(key);
  }
}

/** Reads a content as it is named. */
export const simulatedMedia: MediaPort = {
  typeOf: async (path) => /(image|video|text)\/\w+/.exec(path)?.[0] ?? null,
  async cleanImage(path) {
    if (path.startsWith("unreadable")) return { ok: false, problem: "unreadable" };
    const bytes = Buffer.from(path);
    return { ok: true, image: { bytes, mediaType: path, width: 1, height: 1, preview: bytes } };
  },
};
