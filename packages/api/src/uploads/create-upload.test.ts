import { usage } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY, MINUTE, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { STILL, type UploadSteps, uploadSteps, VIDEO } from "../../test/support/upload-steps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor } from "../deps.ts";
import { removeUpload } from "./remove-upload.ts";

let world: TestWorld;
let steps: UploadSteps;
beforeAll(async () => {
  world = await openWorld();
  steps = await uploadSteps(world.deps);
});
afterAll(async () => {
  await steps.close();
  await world.close();
});

const refusal = (code: string, message?: unknown) =>
  expect.objectContaining(message === undefined ? { code } : { code, message });
const LIMIT = refusal("IMAGE_DAY_LIMIT", "Daily image limit reached. Upgrade to send more images.");

async function payer(): Promise<Actor> {
  const { actor, customerId } = await world.buyer();
  world.at.invoice(world.at.subscribe(customerId));
  await syncCustomer(world.deps, customerId);
  return actor;
}

const goTo = (iso: string): void => world.clock.advance(Date.parse(iso) - world.clock.now());
const usageOf = async (actor: Actor) => (await world.as(actor).subscription.status()).usage;

describe("a free user", () => {
  test("begins two images a day, and the third is refused in the contract's words", async () => {
    const ann = await world.user();
    await steps.begin(ann);
    await steps.begin(ann);
    await expect(steps.begin(ann)).rejects.toEqual(LIMIT);
    expect(await steps.units(ann)).toEqual(["reserved 2026-11-21", "reserved 2026-11-21"]);
  });

  test("is shown the same number by the status, by their own record and by the users table", async () => {
    const ann = await world.user();
    for (const used of [1, 2]) {
      const id = await steps.begin(ann);
      expect(await usageOf(ann)).toMatchObject({ images_used: used, image_limit: 2 });
      expect(await world.as(ann).user.me()).toMatchObject({ image_counter: used, image_limit: 2 });
      expect(await steps.counter(ann)).toBe(used);
      if (used === 2) await removeUpload(world.deps, ann, id);
    }
    expect((await usageOf(ann)).images_used).toBe(1);
    expect(await steps.counter(ann)).toBe(1);
  });

  test("who begins ten at the same instant gets exactly two", async () => {
    const ann = await world.user();
    const begun = await Promise.allSettled(Array.from({ length: 10 }, () => steps.begin(ann)));
    expect(begun.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    const refused = begun.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(refused).toEqual(Array.from({ length: 8 }, () => LIMIT));
    expect(await steps.units(ann)).toHaveLength(2);
  });

  test("takes nothing from anybody else's day", async () => {
    const [ann, bob] = [await world.user(), await world.user()];
    await steps.begin(ann);
    await steps.begin(ann);
    await expect(steps.begin(bob)).resolves.toEqual(expect.any(String));
  });

  test("has no video", async () => {
    const ann = await world.user();
    const no = refusal("VIDEO_REQUIRES_PREMIUM", "Video upload requires Premium");
    await expect(steps.begin(ann, VIDEO)).rejects.toEqual(no);
    expect(await steps.units(ann)).toEqual([]);
  });

  test("posts pictures in the community without any unit", async () => {
    const ann = await world.user();
    for (let turn = 0; turn < 5; turn++) await steps.begin(ann, { purpose: "community" });
    expect(await steps.units(ann)).toEqual([]);
  });
});

describe("the day turns at midnight in Stockholm", () => {
  test.each([
    { when: "in winter", last: "2026-12-01T22:59:59.999Z", days: ["2026-12-01", "2026-12-02"] },
    { when: "before summer time", last: "2027-03-27T22:59:59.999Z", days: ["2027-03-27", "2027-03-28"] },
    { when: "after 23 hours", last: "2027-03-28T21:59:59.999Z", days: ["2027-03-28", "2027-03-29"] },
    { when: "in summer", last: "2027-07-01T21:59:59.999Z", days: ["2027-07-01", "2027-07-02"] },
    { when: "before winter time", last: "2027-10-30T21:59:59.999Z", days: ["2027-10-30", "2027-10-31"] },
    { when: "after 25 hours", last: "2027-10-31T22:59:59.999Z", days: ["2027-10-31", "2027-11-01"] },
  ])("$when", async ({ last, days: [day, next] }) => {
    goTo(last);
    const ann = await world.user();
    await steps.begin(ann);
    await steps.begin(ann);
    await expect(steps.begin(ann)).rejects.toEqual(LIMIT);
    expect((await usageOf(ann)).resets_at).toBe(new Date(Date.parse(last) + 1).toISOString());
    world.clock.advance(1);
    expect((await usageOf(ann)).images_used).toBe(0);
    await expect(steps.begin(ann)).resolves.toEqual(expect.any(String));
    expect(await steps.units(ann)).toEqual([`reserved ${day}`, `reserved ${day}`, `reserved ${next}`]);
    expect(await steps.counter(ann)).toBe(1);
  });

  test("and not with the hour that comes twice", async () => {
    goTo("2028-10-29T00:30:00Z");
    const ann = await world.user();
    await steps.begin(ann);
    world.clock.advance(60 * MINUTE);
    await steps.begin(ann);
    await expect(steps.begin(ann)).rejects.toEqual(LIMIT);
  });

  test("a unit of yesterday that is given back today gives nothing to today", async () => {
    goTo("2028-11-10T22:59:00Z");
    const ann = await world.user();
    const yesterday = await steps.begin(ann);
    world.clock.advance(2 * MINUTE);
    await steps.begin(ann);
    await steps.begin(ann);
    await removeUpload(world.deps, ann, yesterday);
    expect(await steps.counter(ann)).toBe(2);
    await expect(steps.begin(ann)).rejects.toEqual(LIMIT);
  });
});

describe("Premium", () => {
  test("has no limit and no unit that counts, and video", async () => {
    const ann = await payer();
    for (let turn = 0; turn < 5; turn++) await steps.begin(ann);
    await steps.begin(ann, VIDEO);
    expect(new Set((await steps.units(ann)).map((unit) => unit.split(" ")[2]))).toEqual(
      new Set(["uncounted"]),
    );
    expect(await usageOf(ann)).toMatchObject({ images_used: 0, image_limit: null });
    expect(await world.as(ann).user.me()).toMatchObject({ image_counter: 0, image_limit: null });
    expect(await steps.counter(ann)).toBe(0);
  });

  test("begins in between: the next image goes at once, and today's two are forgiven", async () => {
    const { actor: ann, customerId } = await world.buyer();
    await steps.begin(ann);
    await steps.begin(ann);
    await expect(steps.begin(ann)).rejects.toEqual(LIMIT);
    world.at.invoice(world.at.subscribe(customerId));
    await syncCustomer(world.deps, customerId);
    await steps.begin(ann);
    expect(await usageOf(ann)).toMatchObject({ images_used: 0, image_limit: null });
    expect(await steps.counter(ann)).toBe(0);
  });

  test("that ends leaves two images for the day, whatever was sent before", async () => {
    const { actor: ann, customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    world.at.invoice(subscription);
    await syncCustomer(world.deps, customerId);
    await steps.begin(ann);
    await steps.begin(ann);
    await steps.begin(ann);
    world.at.end(subscription);
    await syncCustomer(world.deps, customerId);
    await steps.begin(ann);
    await steps.begin(ann);
    await expect(steps.begin(ann)).rejects.toEqual(LIMIT);
  });

  test("that was bought and not heard of yet lifts the limit: Stripe is asked, outside of the transaction", async () => {
    const { actor: ann, customerId } = await world.buyer();
    await syncCustomer(world.deps, customerId);
    await steps.begin(ann);
    await steps.begin(ann);
    world.at.invoice(world.at.subscribe(customerId));
    world.clock.advance(5 * MINUTE + 1);
    await expect(steps.begin(ann)).resolves.toEqual(expect.any(String));
  });
});

describe("what is said about a file", () => {
  test.each([
    ["image/heic", "cat.heic", "HEIC pictures are not supported. Export it as JPEG and try again."],
    ["", "IMG_1.HEIC", "HEIC pictures are not supported. Export it as JPEG and try again."],
    ["image/svg+xml", "cat.svg", "SVG pictures are not supported. Export it as PNG and try again."],
    ["application/zip", "cat.zip", expect.stringMatching(/^ZIP files are not supported\. Send a JPEG/)],
  ])("“%s” is refused by name, with what to do", async (mediaType, filename, message) => {
    const ann = await world.user();
    const begun = steps.begin(ann, { mediaType, filename });
    await expect(begun).rejects.toEqual(refusal("UNSUPPORTED_MEDIA", message));
    expect(await steps.units(ann)).toEqual([]);
  });

  test.each([
    ["a picture over 20 MB", { bytes: 20_000_001 }, "TOO_LARGE"],
    ["a video over its limit", { ...VIDEO, bytes: 200_000_001 }, "TOO_LARGE"],
    ["an empty file", { bytes: 0 }, "INVALID_INPUT"],
    ["a negative size", { bytes: -1 }, "INVALID_INPUT"],
    ["half a byte", { bytes: 0.5 }, "INVALID_INPUT"],
    ["no name", { filename: "" }, "INVALID_INPUT"],
    ["a name that cannot be stored", { filename: "a\0b" }, "INVALID_INPUT"],
    ["half a character", { filename: "\ud800" }, "INVALID_INPUT"],
    ["a name of 256 characters", { filename: "x".repeat(256) }, "INVALID_INPUT"],
    ["a video in the community", { ...VIDEO, purpose: "community" as const }, "UNSUPPORTED_MEDIA"],
  ])("%s is refused, and takes nothing", async (_, over, code) => {
    const ann = await world.user();
    await expect(steps.begin(ann, over)).rejects.toEqual(refusal(code));
    expect(await steps.units(ann)).toEqual([]);
  });

  test("of exactly 20 MB is taken", async () => {
    const ann = await world.user();
    await expect(steps.begin(ann, { bytes: 20_000_000 })).resolves.toEqual(expect.any(String));
  });
});

describe("what waits unsent", () => {
  test("is at most 50 files, until one is removed", async () => {
    const ann = await world.user();
    const begun = await Promise.all(
      Array.from({ length: 50 }, () => steps.begin(ann, { purpose: "community" })),
    );
    await expect(steps.begin(ann)).rejects.toEqual(refusal("RATE_LIMITED"));
    await removeUpload(world.deps, ann, begun[0] ?? "");
    await expect(steps.begin(ann)).resolves.toEqual(expect.any(String));
  });
  test("is at most ten of the largest videos", async () => {
    const ann = await payer();
    for (let turn = 0; turn < 10; turn++) await steps.begin(ann, { ...VIDEO, bytes: 200_000_000 });
    await expect(steps.begin(ann, { bytes: 1 })).rejects.toEqual(refusal("RATE_LIMITED"));
  });
});

describe("stills", () => {
  const still = (frameOf: string | null) => ({ ...STILL, frameOf });

  test("begin for one's own video, eight of them, without units", async () => {
    const ann = await payer();
    const video = await steps.begin(ann, VIDEO);
    await Promise.all(Array.from({ length: 8 }, () => steps.begin(ann, still(video))));
    await expect(steps.begin(ann, still(video))).rejects.toEqual(refusal("INVALID_INPUT"));
    expect(await steps.units(ann)).toEqual([]);
  });
  test("nine at the same instant are eight", async () => {
    const ann = await payer();
    const video = await steps.begin(ann, VIDEO);
    const begun = await Promise.allSettled(Array.from({ length: 9 }, () => steps.begin(ann, still(video))));
    expect(begun.filter(({ status }) => status === "fulfilled")).toHaveLength(8);
  });
  test("begin for nothing else", async () => {
    const [ann, bob] = [await payer(), await payer()];
    const [picture, video] = [await steps.begin(ann), await steps.begin(bob, VIDEO)];
    const nobody = "00000000-0000-4000-8000-ffffffffffff";
    for (const frameOf of [picture, video, nobody, "no id", null])
      await expect(steps.begin(ann, still(frameOf))).rejects.toEqual(refusal("NOT_FOUND"));
  });
  test("are JPEG, small, and know their moment", async () => {
    const ann = await payer();
    const of = still(await steps.begin(ann, VIDEO));
    await expect(steps.begin(ann, { ...of, mediaType: "image/png" })).rejects.toEqual(
      refusal("UNSUPPORTED_MEDIA"),
    );
    await expect(steps.begin(ann, { ...of, bytes: 1_000_001 })).rejects.toEqual(refusal("TOO_LARGE"));
    for (const frameAtMs of [null, -1, 0.5, 2 ** 31])
      await expect(steps.begin(ann, { ...of, frameAtMs })).rejects.toEqual(refusal("INVALID_INPUT"));
  });
  test("come too late for a video that was sent", async () => {
    const ann = await payer();
    const video = await steps.ready(ann, VIDEO, "video/mp4");
    await steps.send(ann, [video], true);
    await expect(steps.begin(ann, still(video))).rejects.toEqual(refusal("UPLOAD_USED"));
  });
});

test("a name stays on one line, a type is written plainly, and only a still is one of a video", async () => {
  const ann = await payer();
  const frameOf = await steps.begin(ann, VIDEO);
  const wild = { filename: "cat\r\n.png", mediaType: " Image/PNG; x=1", frameOf, frameAtMs: 7 };
  const row = await steps.row(await steps.begin(ann, wild));
  const plain = { filename: "cat  .png", mediaType: "image/png", frameOf: null, frameAtMs: null };
  expect(row).toMatchObject(plain);
});

test("an upload and its unit are made together, and expire together after 24 hours", async () => {
  const ann = await world.user();
  const id = await steps.begin(ann);
  const [unit] = await world.deps.db.select().from(usage).where(eq(usage.uploadId, id));
  const expiresAt = new Date(world.clock.now() + DAY);
  expect(unit).toMatchObject({ userId: ann.userId, expiresAt });
  expect(await steps.row(id)).toMatchObject({ state: "uploading", kind: "image", expiresAt });
});
