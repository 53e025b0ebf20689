import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { StoragePort } from "@liveassist/api";

/** Names of ours, such as `liveassist/<id>`. No dot: no way up, and no hidden file. */
const KEY = /^[a-z0-9-]+(\/[A-Za-z0-9_-]+)+$/;
/** In the folder: where files become whole before they get their name. What a crash leaves here is swept. */
export const UNFINISHED = ".unfinished";

/**
 * Keeps files in a folder, which several servers may share. A file is made whole aside, flushed to the disk and renamed, so
 * that a key holds the old file or the new one, never half of one. Throws for a key that is not of our making.
 *
 * This is one engine of `StoragePort`. One on S3 needs the same six calls: a PUT replaces whole there, a range is a ranged
 * GET, and every key is already a valid object name.
 */
export function createStorage(folder: string): StoragePort {
  const at = (key: string): string => {
    if (!KEY.test(key)) throw new Error("a storage key is made of plain names");
    return join(folder, key);
  };

  /** Fills a new file aside, and gives it its name. */
  async function keep(key: string, fill: (path: string) => Promise<void>): Promise<void> {
    const target = at(key);
    const path = join(folder, UNFINISHED, randomUUID());
    await mkdir(dirname(path), { recursive: true });
    try {
      await fill(path);
      await giveName(path, target);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  return {
    async putFile(key, path) {
      const target = at(key);
      try {
        await giveName(path, target);
      } catch (error) {
        if (codeOf(error) !== "EXDEV") throw error;
        await keep(key, (copy) => copyFile(path, copy, constants.COPYFILE_EXCL));
        await rm(path, { force: true });
      }
    },
    putBytes: (key, bytes) => keep(key, (path) => writeFile(path, bytes, { flag: "wx" })),
    async sizeOf(key) {
      try {
        return (await stat(at(key))).size;
      } catch (error) {
        if (codeOf(error) === "ENOENT") return null;
        throw error;
      }
    },
    async open(key, range) {
      const file = await open(at(key), "r");
      return file.createReadStream(range ? { start: range.start, end: range.end } : {});
    },
    read: (key) => readFile(at(key)),
    remove: (key) => rm(at(key), { force: true }),
  };
}

async function giveName(path: string, target: string): Promise<void> {
  await flush(path);
  const home = dirname(target);
  await mkdir(home, { recursive: true });
  await rename(path, target);
  // The name, too, has to be on the disk. Not every system can flush a folder, and those that cannot need not.
  await flush(home, "r").catch(() => undefined);
}

async function flush(path: string, flags = "r+"): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;
