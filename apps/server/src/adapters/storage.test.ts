import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createStorage } from "./storage.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "liveassist-storage-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const folder = () => join(home, "files");
const KEY = "liveassist/0b9c6f6e-8d0e-4a5e-9a55-2f1c6a3f6f10";

describe("what is put", () => {
  test("is kept under its key, and the local file is gone", async () => {
    const path = join(home, "part");
    await writeFile(path, "a film");
    const storage = createStorage(folder());
    await storage.putFile(KEY, path);
    expect(Buffer.from(await storage.read(KEY)).toString()).toBe("a film");
    expect(await storage.sizeOf(KEY)).toBe(6);
    await expect(stat(path)).rejects.toThrow("ENOENT");
  });

  test("is replaced whole: who began to read the old one reads it to its end", async () => {
    const storage = createStorage(folder());
    await storage.putBytes(KEY, Buffer.alloc(300_000, "old"));
    const reading = await storage.open(KEY);
    await storage.putBytes(KEY, Buffer.from("new"));
    expect((await buffer(reading)).equals(Buffer.alloc(300_000, "old"))).toBe(true);
    expect(Buffer.from(await storage.read(KEY)).toString()).toBe("new");
  });

  test("leaves nothing half made behind, also when it cannot get its name", async () => {
    const storage = createStorage(folder());
    await mkdir(join(folder(), KEY, "in-the-way"), { recursive: true });
    await expect(storage.putBytes(KEY, Buffer.from("x"))).rejects.toThrow();
    expect(await readdir(join(folder(), ".unfinished"))).toEqual([]);
  });

  test("comes from another disk as well", async () => {
    // /dev/shm is another file system wherever it exists.
    const shm = await mkdtemp("/dev/shm/liveassist-storage-").catch(() => null);
    const path = join(shm ?? home, "part");
    await writeFile(path, "from elsewhere");
    const storage = createStorage(folder());
    await storage.putFile(KEY, path);
    expect(await readFile(join(folder(), KEY), "utf8")).toBe("from elsewhere");
    await expect(stat(path)).rejects.toThrow("ENOENT");
    if (shm) await rm(shm, { recursive: true });
  });
});

describe("reading", () => {
  test("a range has both its ends", async () => {
    const storage = createStorage(folder());
    await storage.putBytes(KEY, Buffer.from("0123456789"));
    expect((await buffer(await storage.open(KEY, { start: 2, end: 4 }))).toString()).toBe("234");
    expect((await buffer(await storage.open(KEY, { start: 9, end: 9 }))).toString()).toBe("9");
  });

  test("what is not there has no size, cannot be opened, and can be removed", async () => {
    const storage = createStorage(folder());
    expect(await storage.sizeOf(KEY)).toBeNull();
    await expect(storage.open(KEY)).rejects.toThrow("ENOENT");
    await storage.remove(KEY);
    await storage.putBytes(KEY, Buffer.from("x"));
    await storage.remove(KEY);
    expect(await storage.sizeOf(KEY)).toBeNull();
  });
});

test.each([
  "../secret",
  "liveassist/../../secret",
  "/etc/passwd",
  "liveassist/.hidden",
  "liveassist",
  "",
  "a/b\0c",
])("the key %j is refused by every call", async (key) => {
  const storage = createStorage(folder());
  const path = join(home, "part");
  await writeFile(path, "x");
  const calls = [
    () => storage.putFile(key, path),
    () => storage.putBytes(key, Buffer.from("x")),
    () => storage.sizeOf(key),
    () => storage.open(key),
    async () => storage.read(key),
    async () => storage.remove(key),
  ];
  for (const call of calls) await expect(call()).rejects.toThrow("plain names");
  expect(await readFile(path, "utf8")).toBe("x");
});
