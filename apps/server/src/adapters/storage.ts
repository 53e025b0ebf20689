import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { StoragePort } from "@liveassist/api";

/** Keeps files in a folder. */
export function createStorage(folder: string): StoragePort {
  const at = (key: string): string => join(folder, key);
  return {
    async putFile(key, path) {
      await mkdir(dirname(at(key)), { recursive: true });
      await rename(path, at(key));
    },
    async putBytes(key, bytes) {
      await mkdir(dirname(at(key)), { recursive: true });
      await writeFile(at(key), bytes);
    },
    sizeOf: async (key) => (await stat(at(key)).catch(() => null))?.size ?? null,
    open: async (key, range) => createReadStream(at(key), range ?? {}),
    read: (key) => readFile(at(key)),
    remove: (key) => rm(at(key), { force: true }),
  };
}
