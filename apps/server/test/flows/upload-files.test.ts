import { createHash } from "node:crypto";
import { readdir, readlink, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrowserUser } from "../support/browser-user.ts";
import { film, photo } from "../support/pictures.ts";
import { openShop, type Shop } from "../support/purchases.ts";
import { jpeg, TusSender } from "../support/tus-sender.ts";
import { soon, uploadPeople } from "../support/upload-people.ts";

let shop: Shop;
let una: TusSender;
let picture: string;
/** A film that looks the same nowhere. */
const reel = Buffer.concat([
  film(),
  Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7919) % 251)),
]);

beforeAll(async () => {
  shop = await openShop();
  una = await someone();
  picture = await una.send(jpeg(await photo({ width: 900, height: 600 }), 'Åsa\'s "photo".jpg'));
});
afterAll(() => shop.stop());

const { someone, payer, keptOf } = uploadPeople(() => shop);

interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}
async function get({ user }: TusSender, path: string, init: RequestInit = {}): Promise<Got> {
  const headers = { cookie: user.cookie, ...(init.headers as Record<string, string>) };
  const response = await fetch(user.baseUrl + path, { ...init, headers });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}
const codeIn = ({ bytes }: Got): unknown => (JSON.parse(bytes.toString()) as { code: string }).code;
const fileOf = (id: string): string => `/api/liveassist/files/${id}`;

/** What this process has open of a file; nothing where the system does not say. */
async function openFiles(id: string): Promise<string[]> {
  const open = await readdir("/proc/self/fd").catch(() => []);
  const targets = await Promise.all(open.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
  return targets.filter((target) => target.includes(id));
}

describe("one's own file", () => {
  test("comes as what it is, and can neither run, be framed nor be read by another site", async () => {
    const { status, headers, bytes } = await get(una, fileOf(picture));
    expect(status).toBe(200);
    expect(bytes.equals(await keptOf(picture))).toBe(true);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "image/jpeg",
      "content-length": String(bytes.length),
      "content-disposition": `inline; filename="_sa's _photo_.jpg"; filename*=UTF-8''%C3%85sa%27s%20_photo_.jpg`,
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "cache-control": "private, max-age=86400, immutable",
      "accept-ranges": "bytes",
      vary: "Cookie",
      etag: `"${picture}"`,
    });
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  test("has a small preview, of its own", async () => {
    const { status, headers, bytes } = await get(una, `${fileOf(picture)}/preview`);
    expect([status, headers.get("content-type")]).toEqual([200, "image/webp"]);
    expect(headers.get("etag")).not.toBe(`"${picture}"`);
    expect(bytes.subarray(8, 12).toString()).toBe("WEBP");
  });

  test("is not sent again to who has it", async () => {
    for (const tag of [`"${picture}"`, `W/"${picture}"`, `"other", "${picture}"`, "*"]) {
      const { status, bytes } = await get(una, fileOf(picture), { headers: { "if-none-match": tag } });
      expect([tag, status, bytes.length]).toEqual([tag, 304, 0]);
    }
    expect((await get(una, fileOf(picture), { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  });

  test("answers HEAD with its headers alone", async () => {
    const { status, headers, bytes } = await get(una, fileOf(picture), { method: "HEAD" });
    expect([status, bytes.length]).toEqual([200, 0]);
    expect(Number(headers.get("content-length"))).toBe((await keptOf(picture)).length);
  });
});

describe("a film", () => {
  const types = { isom: "video/mp4", "qt  ": "video/quicktime", webm: "video/webm" } as const;

  test.each(["isom", "qt  ", "webm"] as const)("%s plays under its type", async (brand) => {
    const pia = await payer();
    const id = await pia.send({ bytes: film(brand), filename: "film", filetype: types[brand] });
    const { headers, bytes } = await get(pia, fileOf(id));
    expect(headers.get("content-type")).toBe(types[brand]);
    expect(bytes.equals(film(brand))).toBe(true);
    expect((await get(pia, `${fileOf(id)}/preview`)).status).toBe(404);
  });

  test("can be played from anywhere: parts are the parts they say they are", async () => {
    const pia = await payer();
    const id = await pia.send({ bytes: reel, filename: "film.mp4", filetype: "video/mp4" });
    const range = (of: string, more = {}) => get(pia, fileOf(id), { headers: { range: of, ...more } });
    for (const [of, start, end] of [
      ["bytes=0-", 0, reel.length - 1],
      ["bytes=1000-1999", 1_000, 1_999],
      ["bytes=-500", reel.length - 500, reel.length - 1],
      [`bytes=${reel.length - 1}-`, reel.length - 1, reel.length - 1],
    ] as const) {
      const { status, headers, bytes } = await range(of);
      expect([of, status]).toEqual([of, 206]);
      expect(headers.get("content-range")).toBe(`bytes ${start}-${end}/${reel.length}`);
      expect(headers.get("content-length")).toBe(String(end - start + 1));
      expect(bytes.equals(reel.subarray(start, end + 1))).toBe(true);
    }
    const beyond = await range(`bytes=${reel.length}-`);
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${reel.length}`]);
    expect(codeIn(beyond)).toBe("INVALID_INPUT");
    const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
    const several = await range("bytes=0-1,5-6");
    expect([several.status, digest(several.bytes)]).toEqual([200, digest(reel)]);
    expect((await range("bytes=0-1", { "if-range": `"${id}"` })).status).toBe(206);
    expect((await range("bytes=0-1", { "if-range": '"older"' })).status).toBe(200);
    const head = await get(pia, fileOf(id), { method: "HEAD", headers: { range: "bytes=0-9" } });
    expect([head.status, head.headers.get("content-length")]).toEqual([206, "10"]);
  });

  test("left in the middle, or lost on the disk, leaves the server as it was", async () => {
    const pia = await payer();
    const id = await pia.send({ bytes: reel, filename: "film.mp4", filetype: "video/mp4" });
    for (let time = 0; time < 5; time++) {
      const leaving = new AbortController();
      const response = await fetch(pia.user.baseUrl + fileOf(id), {
        headers: { cookie: pia.user.cookie },
        signal: leaving.signal,
      });
      expect(response.status).toBe(200);
      leaving.abort();
    }
    // Every file that was opened is closed again.
    await soon(async () => expect(await openFiles(id)).toEqual([]));
    await rm(join(shop.server.dataDir, "files", "liveassist", id));
    const lost = await get(pia, fileOf(id));
    expect([lost.status, codeIn(lost)]).toEqual([404, "NOT_FOUND"]);
    expect((await get(una, fileOf(picture))).status).toBe(200);
  });
});

describe("somebody else's file", () => {
  test("is not there, and neither is one that never was, is on its way or was removed", async () => {
    const eve = await someone("Eve");
    const small = await photo();
    const unfinished = (await eve.begun(jpeg(small))).split("/").at(-1) ?? "";
    const removed = await eve.send(jpeg(small));
    await eve.remove(`${eve.place}/${removed}`);
    for (const id of [picture, unfinished, removed, crypto.randomUUID(), "1", "..%2f..%2fsecret"]) {
      for (const path of [fileOf(id), `${fileOf(id)}/preview`, `/api/community/files/${id}`]) {
        const got = await get(eve, path);
        expect([path, got.status, codeIn(got)]).toEqual([path, 404, "NOT_FOUND"]);
        expect(got.headers.get("etag")).toBeNull();
      }
    }
  });

  test("cannot be asked after by its tag", async () => {
    const eve = await someone("Eve");
    const headers = { "if-none-match": `"${picture}"`, range: "bytes=0-1" };
    expect((await get(eve, fileOf(picture), { headers })).status).toBe(404);
  });

  test("is for nobody who is signed out", async () => {
    const nobody = new TusSender(new BrowserUser(shop.server.url));
    for (const path of [fileOf(picture), `${fileOf(picture)}/preview`, `/api/community/files/${picture}`]) {
      const got = await get(nobody, path);
      expect([got.status, codeIn(got)]).toEqual([401, "UNAUTHENTICATED"]);
    }
  });
});

test("a post's picture is for everybody who is signed in, until the post is gone", async () => {
  const community = new TusSender(una.user, "/api/community/uploads");
  const id = await community.send(jpeg(await photo()));
  const eve = await someone("Eve");
  const path = `/api/community/files/${id}`;
  expect((await get(eve, path)).status).toBe(404);
  const { status, body } = await una.user.post("/api/community/posts", {
    text: "Look",
    uploadIds: [id],
    clientPostId: crypto.randomUUID(),
  });
  expect([status, body["code"]]).toEqual([200, undefined]);
  for (const one of [path, `${path}/preview`]) expect((await get(eve, one)).status).toBe(200);
  await una.user.call(`DELETE /api/community/posts/${String(body["id"])}`);
  expect((await get(eve, path)).status).toBe(404);
});
