import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { film, photo } from "../support/pictures.ts";
import { openShop, type Shop } from "../support/purchases.ts";
import { halfSent, idOf, jpeg, metadata, type TusAnswer } from "../support/tus-sender.ts";
import { soon, uploadPeople } from "../support/upload-people.ts";

let shop: Shop;
let small: Buffer;
beforeAll(async () => {
  shop = await openShop();
  small = await photo();
});
afterAll(() => shop.stop());

const { someone, payer, arrived, rowOf, rowsOf, unitsOf, partsLeft, keptOf } = uploadPeople(() => shop);
const mp4 = (bytes = film()) => ({ bytes, filename: "film.mp4", filetype: "video/mp4" });

/** The contract's body, and nothing that lets another site read it. */
function expectRefused(answer: TusAnswer, status: number, code: string): void {
  expect([answer.status, answer.body?.["code"]]).toEqual([status, code]);
  expect(answer.headers.get("content-type")).toContain("application/json");
  expect(answer.body).toEqual({
    error: expect.any(String),
    code,
    message: expect.stringMatching(/^[^\n]+$/),
  });
  expect(openTo(answer)).toEqual([]);
}

/** Headers that would let another site read an answer. */
const openTo = ({ headers }: TusAnswer): string[] =>
  [...headers.keys()].filter((name) => name.startsWith("access-control"));

describe("an upload", () => {
  test("begins at a path, goes on where it stopped, and is checked with its last byte", async () => {
    const una = await someone();
    const begun = await una.begin(jpeg(small, "Åsa på stranden.jpg"));
    expect(begun.status).toBe(201);
    const path = begun.headers.get("location") as `/${string}`;
    expect(path).toMatch(/^\/api\/liveassist\/uploads\/[0-9a-f-]{36}$/);
    const middle = Math.floor(small.length / 2);
    const first = await una.patch(path, 0, small.subarray(0, middle));
    expect([first.status, first.headers.get("upload-offset")]).toEqual([204, String(middle)]);
    const asked = await una.head(path);
    expect(asked.status).toBe(200);
    expect(asked.headers.get("upload-offset")).toBe(String(middle));
    expect(asked.headers.get("upload-length")).toBe(String(small.length));
    expect(asked.headers.get("cache-control")).toBe("no-store");
    expect(await rowOf(idOf(path))).toMatchObject({ state: "uploading", filename: "Åsa på stranden.jpg" });
    const last = await una.patch(path, middle, small.subarray(middle));
    expect([last.status, last.headers.get("upload-offset")]).toEqual([204, String(small.length)]);
    expect(await rowOf(idOf(path))).toMatchObject({ state: "ready", media_type: "image/jpeg", width: 64 });
    expect(await partsLeft(idOf(path))).toEqual([]);
    expect([begun, first, asked, last].flatMap(openTo)).toEqual([]);
  });

  test("may bring all its data at its beginning", async () => {
    const una = await someone();
    const { status, headers } = await una.ask(`POST ${una.place}`, {
      headers: {
        "upload-length": String(small.length),
        "upload-metadata": metadata(jpeg(small)),
        "content-type": "application/offset+octet-stream",
      },
      body: small,
    });
    expect([status, headers.get("upload-offset")]).toEqual([201, String(small.length)]);
    expect(await rowOf(idOf(headers.get("location") ?? ""))).toMatchObject({ state: "ready" });
  });

  test("of a video is kept byte for byte, and may be larger than any other body", async () => {
    const pia = await payer();
    const bytes = film("isom", 3_000_000);
    const id = await pia.send(mp4(bytes));
    expect(await rowOf(id)).toMatchObject({ state: "ready", kind: "video", media_type: "video/mp4" });
    expect((await keptOf(id)).equals(bytes)).toBe(true);
    expect(await unitsOf(pia)).toBe(0);
  });

  test("that is over says so, and finishing it again changes nothing", async () => {
    const una = await someone();
    const path = await una.begun(jpeg(small));
    await una.patch(path, 0, small);
    const before = await rowOf(idOf(path));
    const { status, headers } = await una.head(path);
    expect([status, headers.get("upload-offset")]).toEqual([200, headers.get("upload-length")]);
    expect((await una.patch(path, small.length, Buffer.alloc(0))).status).toBe(204);
    expectRefused(await una.patch(path, 0, small), 409, "UPLOAD_USED");
    expect(await rowOf(idOf(path))).toEqual(before);
    expect(await unitsOf(una)).toBe(1);
  });

  test("whose network goes away keeps what has come, and goes on from there", async () => {
    const pia = await payer();
    const bytes = film("isom", 600_000);
    const path = await pia.begun(mp4(bytes));
    const sending = halfSent(pia.user, `PATCH ${path}`, {
      headers: { "upload-offset": "0" },
      body: bytes.subarray(0, 200_000),
      length: bytes.length,
    });
    await soon(async () => expect(await arrived(idOf(path))).toBeGreaterThan(0));
    sending.cut();
    const offset = await soon(async () => {
      const { headers } = await pia.head(path);
      expect(Number(headers.get("upload-offset"))).toBeGreaterThan(0);
      return Number(headers.get("upload-offset"));
    });
    expect((await pia.patch(path, offset, bytes.subarray(offset))).status).toBe(204);
    expect((await keptOf(idOf(path))).equals(bytes)).toBe(true);
  });

  test("is written by one at a time: a new connection takes over from a silent one", async () => {
    const pia = await payer();
    const bytes = film("isom", 400_000);
    const path = await pia.begun(mp4(bytes));
    const silent = halfSent(pia.user, `PATCH ${path}`, {
      headers: { "upload-offset": "0" },
      body: bytes.subarray(0, 100_000),
      length: bytes.length,
    });
    await soon(async () => expect(await arrived(idOf(path))).toBeGreaterThan(0));
    const { headers } = await pia.head(path);
    const offset = Number(headers.get("upload-offset"));
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => pia.patch(path, offset, bytes.subarray(offset))),
    );
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 204)) expect(answer.status).toBe(409);
    // On a slow machine the one that went through was asked to let go before its end.
    const here = Number((await pia.head(path)).headers.get("upload-offset"));
    if (here < bytes.length) await pia.patch(path, here, bytes.subarray(here));
    expect((await keptOf(idOf(path))).equals(bytes)).toBe(true);
    silent.cut();
  });

  test("that is cancelled is gone with its data, its unit is free again, and cancelling again is harmless", async () => {
    const una = await someone();
    const path = await una.begun(jpeg(small));
    await una.patch(path, 0, small.subarray(0, 100));
    expect(await unitsOf(una)).toBe(1);
    for (let time = 0; time < 2; time++) expect((await una.remove(path)).status).toBe(204);
    expect(await unitsOf(una)).toBe(0);
    expect(await partsLeft(idOf(path))).toEqual([]);
    expect((await una.head(path)).status).toBe(404);
    expectRefused(await una.patch(path, 100, small.subarray(100)), 404, "NOT_FOUND");
  });

  test("that is cancelled while it is being sent stops", async () => {
    const una = await someone();
    const path = await una.begun(jpeg(small));
    const sending = halfSent(una.user, `PATCH ${path}`, {
      headers: { "upload-offset": "0" },
      body: small.subarray(0, 200),
      length: small.length,
    });
    await soon(async () => expect(await arrived(idOf(path))).toBeGreaterThan(0));
    expect((await una.remove(path)).status).toBe(204);
    expect([await unitsOf(una), await partsLeft(idOf(path))]).toEqual([0, []]);
    sending.cut();
  });

  test("whose beginning was never answered is nobody's: its unit goes back", async () => {
    const una = await someone();
    const sending = halfSent(una.user, `POST ${una.place}`, {
      headers: { "upload-length": String(small.length), "upload-metadata": metadata(jpeg(small)) },
      body: small.subarray(0, 300),
      length: small.length,
    });
    await soon(async () => expect(await unitsOf(una)).toBe(1));
    sending.cut();
    await soon(async () => expect(await unitsOf(una)).toBe(0));
    const [row] = await rowsOf(una);
    expect(row).toMatchObject({ state: "removed" });
    await soon(async () => expect(await partsLeft(String(row?.["id"]))).toEqual([]));
  });
});

describe("somebody else's upload", () => {
  test("cannot be read, resumed or deleted, and neither can one that never was", async () => {
    const [una, eve] = await Promise.all([someone(), someone("Eve")]);
    const path = await una.begun(jpeg(small));
    await una.patch(path, 0, small.subarray(0, 50));
    const never = `${una.place}/${crypto.randomUUID()}` as const;
    for (const target of [path, never, `${una.place}/..%2f..%2fsecret`, `${una.place}/1`] as `/${string}`[]) {
      expect((await eve.head(target)).status).toBe(404);
      expectRefused(await eve.patch(target, 50, small.subarray(50)), 404, "NOT_FOUND");
      expectRefused(await eve.remove(target), 404, "NOT_FOUND");
    }
    expect((await una.head(path)).headers.get("upload-offset")).toBe("50");
  });

  test("is not found at the other place either, and GET shows nothing to anybody", async () => {
    const una = await someone();
    const path = await una.begun(jpeg(small));
    const elsewhere = path.replace("liveassist", "community") as `/${string}`;
    expect((await una.head(elsewhere)).status).toBe(404);
    expectRefused(await una.remove(elsewhere), 404, "NOT_FOUND");
    for (const target of [path, una.place]) expectRefused(await una.ask(`GET ${target}`), 404, "NOT_FOUND");
    expect(await unitsOf(una)).toBe(1);
  });
});

describe("the door", () => {
  test("without a login is shut with 401, from another site with 403, and stays free of CORS", async () => {
    const una = await someone();
    const path = await una.begun(jpeg(small));
    const headers = { "upload-length": "10", "upload-metadata": metadata(jpeg(small)) };
    const signedOut = { cookie: "" };
    expectRefused(
      await una.ask(`POST ${una.place}`, { headers: { ...headers, ...signedOut } }),
      401,
      "UNAUTHENTICATED",
    );
    expectRefused(
      await una.ask(`PATCH ${path}`, { headers: signedOut, body: small }),
      401,
      "UNAUTHENTICATED",
    );
    expectRefused(await una.ask(`DELETE ${path}`, { headers: signedOut }), 401, "UNAUTHENTICATED");
    expect((await una.ask(`HEAD ${path}`, { headers: signedOut })).status).toBe(401);
    const foreign = { ...headers, origin: "https://evil.example" };
    for (const target of [`POST ${una.place}`, `PATCH ${path}`, `DELETE ${path}`] as const)
      expectRefused(await una.ask(target, { headers: foreign }), 403, "FOREIGN_ORIGIN");
    const about = await una.ask(`OPTIONS ${una.place}`, { headers: { origin: "https://evil.example" } });
    expect([about.status, about.headers.get("tus-version")]).toEqual([204, "1.0.0"]);
    expect(about.headers.get("tus-max-size")).toBe("200000000");
    expect(openTo(about)).toEqual([]);
    expect(await rowsOf(una)).toHaveLength(1);
  });

  test.each([
    ["no length", { "upload-length": "" }, 400],
    ["a length to be told later", { "upload-length": "", "upload-defer-length": "1" }, 501],
    ["a length that is none", { "upload-length": "-1" }, 400],
    ["no length at all to speak of", { "upload-length": "0" }, 400],
    ["a length beyond everything", { "upload-length": "9007199254740993" }, 400],
    ["metadata that is none", { "upload-metadata": "filename not/base64!" }, 400],
    ["no metadata", { "upload-metadata": "" }, 400],
    ["parts to be joined", { "upload-concat": "partial" }, 501],
    ["another protocol", { "tus-resumable": "0.2.2" }, 400],
    ["no protocol", { "tus-resumable": "" }, 412],
  ])("a beginning with %s is refused, and nothing is stored", async (_what, headers, status) => {
    const una = await someone();
    expectRefused(await una.begin(jpeg(small), headers), status, "INVALID_INPUT");
    expect([await rowsOf(una), await unitsOf(una)]).toEqual([[], 0]);
  });

  test("a part at the wrong place, without a place, or of the wrong type changes nothing", async () => {
    const una = await someone();
    const path = await una.begun(jpeg(small));
    const type = "application/offset+octet-stream";
    expectRefused(await una.patch(path, 7, small), 409, "UPLOAD_NOT_READY");
    const nowhere = { headers: { "content-type": type }, body: small };
    expectRefused(await una.ask(`PATCH ${path}`, nowhere), 400, "INVALID_INPUT");
    const other = { headers: { "upload-offset": "0", "content-type": "image/jpeg" }, body: small };
    expectRefused(await una.ask(`PATCH ${path}`, other), 400, "INVALID_INPUT");
    expect((await una.head(path)).headers.get("upload-offset")).toBe("0");
  });

  test("a refusal leaves the connection as good as it was, whatever was still coming", async () => {
    const pia = await payer();
    const path = await pia.begun(mp4(film("isom", 300_000)));
    for (let time = 0; time < 4; time++) {
      expectRefused(await pia.patch(path, 7, film("isom", 250_000)), 409, "UPLOAD_NOT_READY");
      expect((await pia.head(path)).headers.get("upload-offset")).toBe("0");
    }
  });

  test("more than was announced is cut off, whether its length is told or not", async () => {
    const una = await someone();
    const path = await una.begun(jpeg(small));
    expectRefused(await una.patch(path, 0, Buffer.concat([small, small])), 413, "TOO_LARGE");
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(small.length)),
    });
    const answer = await una.patch(path, 0, endless).catch(() => null);
    if (answer) expectRefused(answer, 413, "TOO_LARGE");
    const { headers } = await una.head(path);
    expect(Number(headers.get("upload-offset"))).toBeLessThanOrEqual(small.length);
    expect(await rowOf(idOf(path))).not.toMatchObject({ state: "ready" });
  });
});
