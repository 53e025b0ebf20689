import { readFile, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import type { StoragePort } from "../../src/storage-port.ts";

export interface MemoryStorage extends StoragePort {
  /** Every key that is kept now. */
  keys(): string[];
}

/** Files in memory; the real ones are tested in the server. */
export function createMemoryStorage(): MemoryStorage {
  const kept = new Map<string, Uint8Array>();
  const of = (key: string): Uint8Array => {
    const bytes = kept.get(key);
    if (!bytes) throw new Error(`nothing is kept under ${key}`);
    return bytes;
  };
  return {
    keys: () => [...kept.keys()].toSorted(),
    async putFile(key, path) {
      kept.set(key, await readFile(path));
      await rm(path);
    },
    async putBytes(key, bytes) {
      kept.set(key, bytes);
    },
    sizeOf: async (key) => kept.get(key)?.length ?? null,
    open: async (key, range) =>
      Readable.from(Buffer.from(of(key).slice(range?.start ?? 0, range ? range.end + 1 : undefined))),
    read: async (key) => of(key),
    async remove(key) {
      kept.delete(key);
    },
  };
}
