import { appendFile, readdir, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { finishUpload } from "@liveassist/api";
import { Upload } from "tus-js-client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { removeOrphans } from "../../src/jobs/upload-sweeper.ts";
import { film, photo } from "../support/pictures.ts";
import { openShop, type Shop } from "../support/purchases.ts";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { halfSent, idOf, jpeg, TusSender } from "../support/tus-sender.ts";
import { atServer } from "../support/two-servers.ts";
import { soon, uploadPeople } from "../support/upload-people.ts";

let shop: Shop;
/** Another server of the same site: one database, one folder. */
let second: StartedApp;
let small: Buffer;
beforeAll(async () => {
  shop = await openShop();
  second = await startApp({
    stripe: { url: shop.emulator.url, secret: "whsec_orders" },
    database: shop.server.database,
    clock: shop.server.running.deps.clock,
    env: { APP_URL: shop.server.url, DATA_DIR: shop.server.dataDir, LOG_LEVEL: "warn" },
  });
  small = await photo();
});
afterAll(async () => {
  await second.stop();
  await shop.stop();
});

const { someone, payer, rowOf, unitsOf, arrived, partOf, partsLeft, keptOf } = uploadPeople(() => shop);
const elsewhere = ({ user }: TusSender) => new TusSender(atServer(user, `http://127.0.0.1:${second.port}`));
const mp4 = (bytes: Buffer) => ({ bytes, filename: "film.mp4", filetype: "video/mp4" });

describe("two servers", () => {
  test("share an upload: what one has, the other goes on with", async () => {
    const here = await payer();
    const there = elsewhere(here);
    const bytes = film("isom", 300_000);
    const path = await here.begun(mp4(bytes));
    for (let at = 0, turn = 0; at < bytes.length; at += 100_000, turn++) {
      const sender = turn % 2 === 0 ? there : here;
      expect((await sender.patch(path, at, bytes.subarray(at, at + 100_000))).status).toBe(204);
    }
    expect((await keptOf(idOf(path))).equals(bytes)).toBe(true);
    expect(await rowOf(idOf(path))).toMatchObject({ state: "ready", bytes: "300000" });
  });

  test("never write to one upload at the same time", async () => {
    const here = await payer();
    const there = elsewhere(here);
    const bytes = film("isom", 300_000);
    const path = await here.begun(mp4(bytes));
    const sending = halfSent(here.user, `PATCH ${path}`, {
      headers: { "upload-offset": "0" },
      body: bytes.subarray(0, 100_000),
      length: bytes.length,
    });
    await soon(async () => expect(await arrived(idOf(path))).toBeGreaterThan(0));
    let waits = true;
    const asked = there.head(path).finally(() => {
      waits = false;
    });
    // The lock is the first server's: nothing but its end lets the second one in.
    await soon(async () => {
      const [row] = await shop.server.database.sql`select count(*)::int as held from pg_locks
        where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`;
      expect(row?.["held"]).toBeGreaterThan(0);
    });
    expect(waits).toBe(true);
    sending.cut();
    const offset = Number((await asked).headers.get("upload-offset"));
    expect(offset).toBeGreaterThan(0);
    expect((await there.patch(path, offset, bytes.subarray(offset))).status).toBe(204);
    expect((await keptOf(idOf(path))).equals(bytes)).toBe(true);
  });

  test("let two through of ten that come at the same instant", async () => {
    const here = await someone();
    const senders = Array.from({ length: 10 }, (_, turn) => (turn % 2 ? here : elsewhere(here)));
    const answers = await Promise.all(senders.map((sender) => sender.begin(jpeg(small))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, ...Array(8).fill(403)]);
    expect(await unitsOf(here)).toBe(2);
  });

  test("finish an upload once when both are asked to", async () => {
    const here = await someone();
    const path = await here.begun(jpeg(small));
    await appendFile(partOf(idOf(path)), small);
    const asked = Array.from({ length: 6 }, (_, turn) => (turn % 2 ? here : elsewhere(here)).head(path));
    for (const { status, headers } of await Promise.all(asked))
      expect([status, headers.get("upload-offset")]).toEqual([200, headers.get("upload-length")]);
    expect(await rowOf(idOf(path))).toMatchObject({ state: "ready" });
    expect([await unitsOf(here), await partsLeft(idOf(path))]).toEqual([1, []]);
  });
});

test("who waited while another connection brought an upload to its end hears of the end, not of a loss", async () => {
  const una = await someone();
  const path = await una.begun(jpeg(small));
  const { uploads, deps } = shop.server.running;
  const lock = uploads.locks.newLock(idOf(path));
  const wanted = vi.fn();
  await lock.lock(new AbortController().signal, wanted);
  const asked = [una.head(path), una.patch(path, 0, small)];
  await soon(async () => expect(wanted).toHaveBeenCalledTimes(2));
  const actor = { userId: una.user.id, role: "user", loginId: "" } as const;
  await writeFile(partOf(idOf(path)), small);
  await finishUpload(deps, actor, { uploadId: idOf(path), path: partOf(idOf(path)) });
  await unlink(`${partOf(idOf(path))}.json`);
  await lock.unlock();
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 409]);
  expect(await unitsOf(una)).toBe(1);
});

describe("a server that stopped", () => {
  test.each(["HEAD", "PATCH"] as const)(
    "between the last byte and the check: the next %s finishes it",
    async (method) => {
      const una = await someone();
      const path = await una.begun(jpeg(small));
      await appendFile(partOf(idOf(path)), small);
      expect(await rowOf(idOf(path))).toMatchObject({ state: "uploading" });
      const { status } =
        method === "HEAD" ? await una.head(path) : await una.patch(path, small.length, Buffer.alloc(0));
      expect(status).toBe(method === "HEAD" ? 200 : 204);
      expect(await rowOf(idOf(path))).toMatchObject({ state: "ready" });
      expect(await partsLeft(idOf(path))).toEqual([]);
    },
  );

  test("after a film was stored and before it was noted: the part is still there to do it again", async () => {
    const pia = await payer();
    const bytes = film();
    const path = await pia.begun(mp4(bytes));
    const { sql } = shop.server.database;
    // Whoever notes the end of an upload waits for its user's row; here it waits in vain.
    const cut = await sql.begin(async (tx) => {
      await tx`select id from users where id = ${pia.user.id} for update`;
      const answer = pia.patch(path, 0, bytes);
      await soon(async () => {
        const cancelled = await sql`select pg_cancel_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        expect(cancelled).toHaveLength(1);
      });
      return answer;
    });
    expect([cut.status, cut.body?.["code"]]).toEqual([500, "INTERNAL"]);
    expect(await rowOf(idOf(path))).toMatchObject({ state: "uploading" });
    expect((await keptOf(idOf(path))).equals(bytes)).toBe(true);
    const { status, headers } = await pia.head(path);
    expect([status, headers.get("upload-offset")]).toEqual([200, String(bytes.length)]);
    expect(await rowOf(idOf(path))).toMatchObject({ state: "ready" });
    expect((await keptOf(idOf(path))).equals(bytes)).toBe(true);
    expect(await partsLeft(idOf(path))).toEqual([]);
  });

  test("and lost its disk: the client is told to begin anew, and a refusal is final", async () => {
    const una = await someone();
    const path = await una.begun(jpeg(small));
    await unlink(partOf(idOf(path)));
    expect((await una.head(path)).status).toBe(410);
    expect(await unitsOf(una)).toBe(0);
    expect((await una.patch(path, 0, small)).status).toBe(404);
    expect((await una.remove(path)).status).toBe(204);
  });
});

describe("the client everybody uses", () => {
  const start = (sender: TusSender, bytes: Buffer, options: ConstructorParameters<typeof Upload>[1] = {}) => {
    const seen: number[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const upload = new Upload(bytes, {
      endpoint: sender.user.baseUrl + sender.place,
      headers: { cookie: sender.user.cookie },
      metadata: { filename: "film.mp4", filetype: "video/mp4" },
      chunkSize: 50_000,
      retryDelays: [0, 50, 100],
      onSuccess: () => resolve(),
      onError: reject,
      onProgress: (sent) => void seen.push(sent),
      ...options,
    });
    upload.start();
    return { upload, seen, done: promise };
  };

  test("sends in parts with progress", async () => {
    const pia = await payer();
    const bytes = film("isom", 220_000);
    const { upload, seen, done } = start(pia, bytes);
    await done;
    expect(seen.at(-1)).toBe(bytes.length);
    expect(seen.length).toBeGreaterThan(3);
    expect((await keptOf(idOf(upload.url ?? ""))).equals(bytes)).toBe(true);
  });

  test("resumes at another server what was stopped", async () => {
    const pia = await payer();
    const bytes = film("isom", 220_000);
    const { promise: chunk, resolve: onChunkComplete } = Promise.withResolvers<unknown>();
    const { upload } = start(pia, bytes, { onChunkComplete });
    await chunk;
    await upload.abort();
    const there = elsewhere(pia);
    const path = new URL(upload.url ?? "").pathname;
    const before = await arrived(idOf(path));
    expect(before).toBeGreaterThan(0);
    const { seen, done } = start(there, bytes, { uploadUrl: there.user.baseUrl + path });
    await done;
    expect(seen[0]).toBeGreaterThanOrEqual(before);
    expect((await keptOf(idOf(path))).equals(bytes)).toBe(true);
  });

  test("cancels, and the unit is free again", async () => {
    const una = await someone();
    const { promise: chunk, resolve: onChunkComplete } = Promise.withResolvers<unknown>();
    const picture = { metadata: { filename: "a.jpg", filetype: "image/jpeg" }, chunkSize: 500 };
    const { upload } = start(una, small, { ...picture, onChunkComplete });
    await chunk;
    expect(await unitsOf(una)).toBe(1);
    await upload.abort(true);
    expect(await unitsOf(una)).toBe(0);
  });

  test("hears why a file is refused, in the contract's words, and does not try again", async () => {
    const una = await someone();
    const { done } = start(una, film());
    const error = await done.then(
      () => null,
      (refused: { originalResponse?: { getStatus(): number; getBody(): string } }) =>
        refused.originalResponse,
    );
    expect(error?.getStatus()).toBe(403);
    expect(JSON.parse(error?.getBody() ?? "")).toMatchObject({ code: "VIDEO_REQUIRES_PREMIUM" });
  });
});

test("a server that has nowhere to keep files does not start, and names the variable", async () => {
  const DATA_DIR = join(shop.server.dataDir, "a-file");
  await writeFile(DATA_DIR, "in the way");
  const stripe = { url: shop.emulator.url, secret: "whsec_orders" };
  const start = startApp({ stripe, database: shop.server.database, env: { DATA_DIR } });
  await expect(start).rejects.toThrow(/^DATA_DIR /);
});

describe("what nobody wants any more", () => {
  const DAY = 24 * 60 * 60_000;

  test("is given up after a day, by domain time, with its unit", async () => {
    const una = await someone();
    const path = await una.begun(jpeg(small));
    await shop.emulator.clock.advance(DAY + 60_000);
    await soon(async () => expect((await una.head(path)).status).not.toBe(200));
    expect(await unitsOf(una)).toBe(0);
  });

  test("is removed from the disk when no one has touched it for two days, and nothing else is", async () => {
    const una = await someone();
    const path = await una.begun(jpeg(small));
    const { dataDir } = shop.server;
    const parts = join(dataDir, "uploads");
    const files = join(dataDir, "files");
    await shop.server.running.deps.storage.putBytes("liveassist/kept", small);
    const orphan = join(parts, crypto.randomUUID());
    const aside = join(files, ".unfinished", crypto.randomUUID());
    const long = new Date(Date.now() - 49 * 60 * 60_000);
    for (const name of [orphan, `${orphan}.json`, aside]) {
      await writeFile(name, "x");
      await utimes(name, long, long);
    }
    // Begun long ago, and still being sent.
    await utimes(`${partOf(idOf(path))}.json`, long, long);
    await utimes(join(files, "liveassist", "kept"), long, long);
    expect(await removeOrphans({ parts, files }, Date.now())).toBe(3);
    expect(await partsLeft(idOf(path))).toHaveLength(2);
    expect((await stat(join(files, "liveassist", "kept"))).size).toBe(small.length);
    expect(await readdir(join(files, ".unfinished"))).toEqual([]);
    expect(await removeOrphans({ parts: join(parts, "nowhere"), files: "nowhere" }, Date.now())).toBe(0);
  });
});
