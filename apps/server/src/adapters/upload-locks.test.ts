import { createTestDatabase, type TestDatabase } from "@liveassist/db/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createLogger } from "./logger.ts";
import { createUploadLocks, type UploadLocks } from "./upload-locks.ts";

let database: TestDatabase;
let here: UploadLocks;
let there: UploadLocks;
const log = createLogger("silent");
beforeAll(async () => {
  database = await createTestDatabase();
  here = createUploadLocks(database.url, log);
  there = createUploadLocks(database.url, log);
});
afterAll(async () => {
  await Promise.all([here.stop(), there.stop()]);
  await database.close();
});

/** Work that lasts until it is told to end. */
function lasting(said: string[], name: string) {
  const { promise, resolve: end } = Promise.withResolvers<void>();
  const work = async (): Promise<void> => {
    said.push(`${name} begins`);
    await promise;
    said.push(`${name} ends`);
  };
  return { work, end };
}
const never = new AbortController().signal;

test("one upload has one writer among all servers, and others are not kept waiting", async () => {
  const said: string[] = [];
  const first = lasting(said, "first");
  const all = [here.hold("a", first.work)];
  await vi.waitFor(() => expect(said).toEqual(["first begins"]));
  for (const locks of [here, there, here, there]) {
    const next = lasting(said, "next");
    next.end();
    all.push(locks.hold("a", next.work));
  }
  await Promise.all([
    here.hold("b", async () => said.push("b")),
    there.hold("c", async () => said.push("c")),
  ]);
  expect(said.toSorted()).toEqual(["b", "c", "first begins"]);
  first.end();
  await Promise.all(all);
  const turns = said.filter((one) => one.length > 1);
  expect(turns).toEqual([
    "first begins",
    "first ends",
    ...Array(4).fill(["next begins", "next ends"]).flat(),
  ]);
});

test("whoever wants a lock asks its holder in this process to let go", async () => {
  const holder = here.newLock("d");
  const asked = vi.fn(() => void holder.unlock());
  await holder.lock(never, asked);
  const next = here.newLock("d");
  await next.lock(never, () => undefined);
  expect(asked).toHaveBeenCalledOnce();
  await next.unlock();
});

test("whoever gives up waiting hears that it is taken, and takes nothing with it", async () => {
  const said: string[] = [];
  const { work, end } = lasting(said, "first");
  const first = here.hold("e", work);
  await vi.waitFor(() => expect(said).toHaveLength(1));
  for (const locks of [here, there])
    await expect(locks.newLock("e").lock(AbortSignal.timeout(50), () => undefined)).rejects.toMatchObject({
      status_code: 423,
    });
  end();
  await first;
  expect(await there.hold("e", async () => "free")).toBe("free");
});

test("work that fails frees its lock, and so does a server that dies", async () => {
  await expect(here.hold("f", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  const dying = createUploadLocks(database.url, log);
  const letGo = vi.fn();
  await dying.newLock("f").lock(never, letGo);
  await database.sql`select pg_terminate_backend(pid) from pg_stat_activity, pg_locks using (pid)
    where locktype = 'advisory' and application_name = 'liveassist uploads'`.catch(() => undefined);
  await dying.stop();
  expect(await there.hold("f", async () => "free")).toBe("free");
});
