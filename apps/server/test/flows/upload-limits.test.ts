import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { film, gifOf, phonePhoto, photo, pngBomb, webpBomb } from "../support/pictures.ts";
import { openShop, type Shop } from "../support/purchases.ts";
import { startApp } from "../support/start-app.ts";
import { idOf, jpeg, type SentFile, TusSender } from "../support/tus-sender.ts";
import { atServer } from "../support/two-servers.ts";
import { soon, uploadPeople } from "../support/upload-people.ts";

let shop: Shop;
let small: Buffer;
beforeAll(async () => {
  shop = await openShop();
  small = await photo();
});
afterAll(() => shop.stop());

const { someone, payer, rowOf, rowsOf, unitsOf, partsLeft, keptOf } = uploadPeople(() => shop);
const IMAGE_DAY_LIMIT = {
  error: "limit_exceeded",
  code: "IMAGE_DAY_LIMIT",
  message: "Daily image limit reached. Upgrade to send more images.",
};
const VIDEO_REQUIRES_PREMIUM = {
  error: "limit_exceeded",
  code: "VIDEO_REQUIRES_PREMIUM",
  message: "Video upload requires Premium",
};

/** Sends all of a file; the status and code it ended with. */
async function outcome(sender: TusSender, file: SentFile): Promise<{ id: string; end: unknown[] }> {
  const path = await sender.begun(file);
  const { status, body } = await sender.patch(path, 0, file.bytes);
  return { id: idOf(path), end: [status, body?.["code"]] };
}

describe("the limit of a day", () => {
  test("refuses the third picture before its first byte, with the exact words", async () => {
    const una = await someone();
    await una.send(jpeg(small));
    await una.send(jpeg(small));
    const third = await una.begin(jpeg(small));
    expect([third.status, third.body]).toEqual([403, IMAGE_DAY_LIMIT]);
    expect(third.headers.get("location")).toBeNull();
    expect(await rowsOf(una)).toHaveLength(2);
  });

  test("lets two through when ten come at the same instant", async () => {
    const una = await someone();
    const answers = await Promise.all(Array.from({ length: 10 }, () => una.begin(jpeg(small))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    for (const { status, body } of answers)
      if (status !== 201) expect([status, body]).toEqual([403, IMAGE_DAY_LIMIT]);
    expect(await unitsOf(una)).toBe(2);
  });

  test("counts no picture of the community, and what was cancelled or refused no longer", async () => {
    const una = await someone();
    const community = new TusSender(una.user, "/api/community/uploads");
    for (let time = 0; time < 3; time++) await community.send(jpeg(small));
    expect(await unitsOf(una)).toBe(0);
    await una.remove(await una.begun(jpeg(small)));
    expect((await outcome(una, jpeg(Buffer.from("no picture")))).end).toEqual([415, "UNSUPPORTED_MEDIA"]);
    await una.send(jpeg(small));
    await una.send(jpeg(small));
    expect((await una.begin(jpeg(small))).body).toEqual(IMAGE_DAY_LIMIT);
  });

  test("is not for those who paid", async () => {
    const pia = await payer();
    for (let time = 0; time < 3; time++) await pia.send(jpeg(small));
    expect(await unitsOf(pia)).toBe(0);
  });
});

describe("a video", () => {
  test("on Free is refused at its beginning, and one that calls itself a picture at its end", async () => {
    const una = await someone();
    const video = { bytes: film(), filename: "film.mp4", filetype: "video/mp4" };
    const refused = await una.begin(video);
    expect([refused.status, refused.body]).toEqual([403, VIDEO_REQUIRES_PREMIUM]);
    const path = await una.begun(jpeg(film()));
    const end = await una.patch(path, 0, film());
    expect([end.status, end.body]).toEqual([403, VIDEO_REQUIRES_PREMIUM]);
    expect([await unitsOf(una), await partsLeft(idOf(path))]).toEqual([0, []]);
    await expect(keptOf(idOf(path))).rejects.toThrow("ENOENT");
  });

  test.each(["isom", "qt  ", "webm"] as const)(
    "of those who paid is taken as %s, with stills",
    async (brand) => {
      const types = { isom: "video/mp4", "qt  ": "video/quicktime", webm: "video/webm" };
      const pia = await payer();
      const id = await pia.send({ bytes: film(brand), filename: "film", filetype: types[brand] });
      expect(await rowOf(id)).toMatchObject({ state: "ready", media_type: types[brand] });
      const still = { ...jpeg(small), more: { frameof: id, frameatms: "1500" } };
      const frame = await pia.send(still);
      expect(await rowOf(frame)).toMatchObject({ purpose: "frame", frame_of: id, frame_at_ms: 1500 });
      for (const more of [
        { frameof: "x", frameatms: "1" },
        { frameof: id },
        { frameof: id, frameatms: "-1" },
      ]) {
        const { status, body } = await pia.begin({ ...still, more });
        expect([status, body?.["code"]]).toEqual([400, "INVALID_INPUT"]);
      }
    },
  );

  test("has no place in the community", async () => {
    const pia = new TusSender((await payer()).user, "/api/community/uploads");
    const { status, body } = await pia.begin({ bytes: film(), filename: "film.mp4", filetype: "video/mp4" });
    expect([status, body?.["code"]]).toEqual([415, "UNSUPPORTED_MEDIA"]);
  });
});

describe("what is said about a file", () => {
  test.each([
    ["drawing.svg", "image/svg+xml", 415, "UNSUPPORTED_MEDIA", /SVG.*PNG/],
    ["IMG_1.HEIC", "image/heic", 415, "UNSUPPORTED_MEDIA", /HEIC.*JPEG/],
    ["IMG_1.HEIC", "application/octet-stream", 415, "UNSUPPORTED_MEDIA", /HEIC.*JPEG/],
    ["page.html", "text/html", 415, "UNSUPPORTED_MEDIA", /not supported/],
    ["photo", "", 415, "UNSUPPORTED_MEDIA", /not supported/],
    ["", "image/jpeg", 400, "INVALID_INPUT", /filename/],
    ["a\0b.jpg", "image/jpeg", 400, "INVALID_INPUT", /filename/],
    ["x".repeat(256), "image/jpeg", 400, "INVALID_INPUT", /filename/],
  ])("%j as %j is refused with %d %s", async (...said) => {
    const [filename, filetype, status, code, words] = said;
    const una = await someone();
    const answer = await una.begin({ bytes: small, filename, filetype });
    expect([answer.status, answer.body?.["code"]]).toEqual([status, code]);
    expect(answer.body?.["message"]).toMatch(words);
    expect([await rowsOf(una), await unitsOf(una)]).toEqual([[], 0]);
  });

  test("a picture over 20 MB and a video over 200 MB are refused before they are sent", async () => {
    const pia = await payer();
    const video = { bytes: small, filename: "film.mp4", filetype: "video/mp4" };
    for (const [file, length] of [
      [jpeg(small), 20_000_001],
      [video, 200_000_001],
    ] as const) {
      const { status, body } = await pia.begin(file, { "upload-length": String(length) });
      expect([status, body?.["code"]]).toEqual([413, "TOO_LARGE"]);
    }
    expect((await pia.begin(jpeg(small), { "upload-length": "20000000" })).status).toBe(201);
    expect((await pia.begin(video, { "upload-length": "200000000" })).status).toBe(201);
  });
});

describe("what a file is by its content", () => {
  test.each([
    ["words", async () => Buffer.from("I am a JPEG, honestly"), 415, "UNSUPPORTED_MEDIA"],
    [
      "a drawing",
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      415,
      "UNSUPPORTED_MEDIA",
    ],
    ["a picture cut short", async () => (await photo()).subarray(0, 600), 415, "UNSUPPORTED_MEDIA"],
    ["a PNG that unpacks to gigabytes", async () => pngBomb(), 413, "TOO_LARGE"],
    ["a GIF that does", async () => gifOf(65_535, 65_535, 1), 413, "TOO_LARGE"],
    ["a WebP that does", () => webpBomb(), 413, "TOO_LARGE"],
  ])("%s is refused at the end; nothing is kept, and its unit is free again", async (...told) => {
    const [, make, status, code] = told;
    const una = await someone();
    const { id, end } = await outcome(una, jpeg(await make()));
    expect(end).toEqual([status, code]);
    expect(await rowOf(id)).toMatchObject({ state: "failed", storage_key: null, failure: code });
    expect([await unitsOf(una), await partsLeft(id)]).toEqual([0, []]);
    await expect(keptOf(id)).rejects.toThrow("ENOENT");
    const path = `${una.place}/${id}` as const;
    expect([(await una.head(path)).status, (await una.patch(path, 0, small)).status]).toEqual([410, 410]);
  });

  test("a picture under another picture's name is what it is, without what the camera wrote", async () => {
    const una = await someone();
    const id = await una.send(jpeg(await phonePhoto("png")));
    expect(await rowOf(id)).toMatchObject({ state: "ready", media_type: "image/png", width: 40, height: 60 });
    expect((await keptOf(id)).includes("Secret")).toBe(false);
  });
});

test("more than sixty beginnings in a minute are too many, for one user and not for the next", async () => {
  const guarded = await startApp({
    stripe: { url: shop.emulator.url, secret: "whsec_orders" },
    database: shop.server.database,
    clock: shop.server.running.deps.clock,
    env: { APP_URL: shop.server.url, RATE_LIMITS: "on", LOG_LEVEL: "warn" },
  });
  try {
    const at = ({ user }: TusSender) => new TusSender(atServer(user, `http://127.0.0.1:${guarded.port}`));
    const [una, other] = [at(await someone()), at(await someone())];
    const svg = { bytes: small, filename: "a.svg", filetype: "image/svg+xml" };
    for (let time = 0; time < 60; time++) expect((await una.begin(svg)).status).toBe(415);
    const { status, headers, body } = await una.begin(svg);
    expect([status, body?.["code"]]).toEqual([429, "RATE_LIMITED"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await other.begin(svg)).status).toBe(415);
  } finally {
    await guarded.stop();
  }
});

test("a file that was sent in a message cannot be sent again, or taken back", async () => {
  const una = await someone();
  const id = await una.send(jpeg(small));
  const { body: session } = await una.user.post("/api/liveassist/sessions");
  const messages = `/api/liveassist/sessions/${String(session["sessionId"])}/messages` as const;
  const message = { text: "Look", uploadIds: [id], clientMessageId: crypto.randomUUID() };
  expect((await una.user.post(messages, message)).status).toBe(200);
  await soon(async () => {
    const again = await una.user.post(messages, { ...message, clientMessageId: crypto.randomUUID() });
    expect([again.status, again.body["code"]]).toEqual([409, "UPLOAD_USED"]);
  });
  const { status, body } = await una.remove(`${una.place}/${id}`);
  expect([status, body?.["code"]]).toEqual([409, "UPLOAD_USED"]);
  expect(await unitsOf(una)).toBe(1);
});
