import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MemoryStorage } from "../../test/support/memory-storage.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { GOOD_VIDEO, STILL, type UploadSteps, uploadSteps, VIDEO } from "../../test/support/upload-steps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import { finishUpload } from "./finish-upload.ts";
import { removeUpload } from "./remove-upload.ts";
import { sweepUploads } from "./sweep-uploads.ts";

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

const refusal = (code: string) => expect.objectContaining({ code });
const DAY = "2026-11-21";
const keysOf = (id: string) => (world.deps.storage as MemoryStorage).keys().filter((key) => key.endsWith(id));

async function payer() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  world.at.invoice(subscription);
  await syncCustomer(world.deps, customerId);
  const end = async () => {
    world.at.end(subscription);
    await syncCustomer(world.deps, customerId);
  };
  return { actor, end };
}

describe("a good picture", () => {
  test("is made anew, stored with a small one beside it, and keeps its unit", async () => {
    const ann = await world.user();
    const id = await steps.begin(ann);
    const path = await steps.arrive("image/png 640x480");
    const view = await finishUpload(world.deps, ann, { uploadId: id, path });
    expect(view).toEqual({
      id,
      kind: "image",
      filename: "cat.png",
      media_type: "image/png",
      bytes: Buffer.byteLength("clean image/png 640x480"),
      width: 640,
      height: 480,
      url: `/api/liveassist/files/${id}`,
      preview_url: `/api/liveassist/files/${id}/preview`,
    });
    expect(keysOf(id)).toEqual([`liveassist/${id}`, `preview/${id}`]);
    expect(steps.isThere(path)).toBe(false);
    expect(await steps.units(ann)).toEqual([`reserved ${DAY}`]);
  });
  test("of another type than was said is what its content is", async () => {
    const ann = await world.user();
    const view = await steps.finish(ann, await steps.begin(ann), "image/webp 10x10");
    expect(view).toMatchObject({ kind: "image", media_type: "image/webp" });
  });
  test("finished twice, also at the same instant, gives the same answer", async () => {
    const ann = await world.user();
    const id = await steps.begin(ann);
    const [one, two] = await Promise.all([steps.finish(ann, id), steps.finish(ann, id)]);
    expect(two).toEqual(one);
    const path = await steps.arrive();
    expect(await finishUpload(world.deps, ann, { uploadId: id, path })).toEqual(one);
    expect(steps.isThere(path)).toBe(false);
    expect(keysOf(id)).toHaveLength(2);
  });
  test("goes on after the plan has changed: it was allowed when it began", async () => {
    const { actor: ann, end } = await payer();
    const ids = [await steps.begin(ann), await steps.begin(ann), await steps.begin(ann)];
    await end();
    for (const id of ids) await steps.finish(ann, id);
    await steps.send(ann, ids);
    expect((await world.as(ann).subscription.status()).usage).toMatchObject({
      images_used: 0,
      image_limit: 2,
    });
  });
  test("in the community lies under a name of its own", async () => {
    const ann = await world.user();
    const id = await steps.ready(ann, { purpose: "community" });
    expect(keysOf(id)).toEqual([`community/${id}`, `preview/${id}`]);
  });
});

describe("a file that lies or is damaged", () => {
  test.each([
    { what: "a page called picture", content: "<html>", code: "UNSUPPORTED_MEDIA" },
    { what: "an SVG called PNG", content: "image/svg+xml", code: "UNSUPPORTED_MEDIA" },
    { what: "a HEIC called JPEG", content: "image/heic", code: "UNSUPPORTED_MEDIA" },
    { what: "a picture cut short", content: "unreadable image/png", code: "UNSUPPORTED_MEDIA" },
    { what: "a picture that unpacks to gigabytes", content: "image/png 50000x50000", code: "TOO_LARGE" },
    { what: "a video called picture", content: GOOD_VIDEO, code: "VIDEO_REQUIRES_PREMIUM" },
  ])("$what is refused, again and again, gives its unit back once and leaves nothing", async (lie) => {
    const ann = await world.user();
    await steps.begin(ann);
    const id = await steps.begin(ann);
    for (const again of [false, true]) {
      const path = await steps.arrive(lie.content);
      const finished = finishUpload(world.deps, ann, { uploadId: id, path });
      await expect(finished, `again: ${again}`).rejects.toEqual(refusal(lie.code));
      expect(steps.isThere(path)).toBe(false);
    }
    expect(await steps.row(id)).toMatchObject({ state: "failed", failure: lie.code, storageKey: null });
    expect(keysOf(id)).toEqual([]);
    expect(await steps.units(ann)).toEqual([`released ${DAY}`, `reserved ${DAY}`]);
    expect(await steps.counter(ann)).toBe(1);
    await expect(steps.send(ann, [id])).rejects.toEqual(refusal("UPLOAD_NOT_READY"));
  });
  test("a picture called video is refused: it would have cost no unit", async () => {
    const { actor: ann } = await payer();
    const id = await steps.begin(ann, VIDEO);
    await expect(steps.finish(ann, id)).rejects.toEqual(refusal("UNSUPPORTED_MEDIA"));
  });
  test("a video is not taken as a still, and its video is not harmed by it", async () => {
    const { actor: ann } = await payer();
    const video = await steps.ready(ann, VIDEO, GOOD_VIDEO);
    const still = await steps.begin(ann, { ...STILL, frameOf: video });
    await expect(steps.finish(ann, still, GOOD_VIDEO)).rejects.toEqual(refusal("UNSUPPORTED_MEDIA"));
    expect(await steps.row(video)).toMatchObject({ state: "ready" });
  });
  test("a video is not taken in the community, whoever pays", async () => {
    const { actor: ann } = await payer();
    const id = await steps.begin(ann, { purpose: "community" });
    await expect(steps.finish(ann, id, GOOD_VIDEO)).rejects.toEqual(refusal("UNSUPPORTED_MEDIA"));
  });
});

describe("a video", () => {
  test("is stored as it came, in its own type", async () => {
    const { actor: ann } = await payer();
    const id = await steps.begin(ann, VIDEO);
    const path = await steps.arrive(GOOD_VIDEO);
    const view = await finishUpload(world.deps, ann, { uploadId: id, path });
    expect(view).toMatchObject({ kind: "video", media_type: "video/mp4", width: null, preview_url: null });
    expect(view.bytes).toBe(GOOD_VIDEO.length + 1);
    expect(keysOf(id)).toEqual([`liveassist/${id}`]);
    expect(steps.isThere(path)).toBe(false);
  });
  test("needs Premium at its end, although it began with it", async () => {
    const { actor: ann, end } = await payer();
    const id = await steps.begin(ann, VIDEO);
    await end();
    const putFile = () => Promise.reject(new Error("stored before it was judged"));
    const deps = { ...world.deps, storage: { ...world.deps.storage, putFile } };
    const finished = finishUpload(deps, ann, { uploadId: id, path: await steps.arrive(GOOD_VIDEO) });
    await expect(finished).rejects.toEqual(refusal("VIDEO_REQUIRES_PREMIUM"));
  });
  test("needs Premium when it is ready, too, and not only when it is looked at", async () => {
    const { actor: ann, end } = await payer();
    const id = await steps.begin(ann, VIDEO);
    const putFile = async (key: string, path: string) => {
      await world.deps.storage.putFile(key, path);
      await end();
    };
    const deps = { ...world.deps, storage: { ...world.deps.storage, putFile } };
    const finished = finishUpload(deps, ann, { uploadId: id, path: await steps.arrive(GOOD_VIDEO) });
    await expect(finished).rejects.toEqual(refusal("VIDEO_REQUIRES_PREMIUM"));
    expect(keysOf(id)).toEqual([]);
  });
  test("that came as a picture goes for who has Premium by then, and its unit comes back", async () => {
    const { actor: ann, customerId } = await world.buyer();
    const id = await steps.begin(ann);
    world.at.invoice(world.at.subscribe(customerId));
    await syncCustomer(world.deps, customerId);
    expect(await steps.finish(ann, id, "video/webm")).toMatchObject({
      kind: "video",
      media_type: "video/webm",
    });
    expect(await steps.units(ann)).toEqual([`released ${DAY} uncounted`]);
  });
  test("that is refused takes its stills along", async () => {
    const { actor: ann } = await payer();
    const video = await steps.begin(ann, VIDEO);
    const still = await steps.ready(ann, { ...STILL, frameOf: video }, "image/jpeg 10x10");
    await expect(steps.finish(ann, video, "nothing")).rejects.toEqual(refusal("UNSUPPORTED_MEDIA"));
    expect(await steps.row(still)).toMatchObject({ state: "failed" });
  });
});

describe("somebody else's", () => {
  test("is not there, and the local file stays whoever's it is", async () => {
    const [ann, bob] = [await world.user(), await world.user()];
    const id = await steps.begin(ann);
    for (const uploadId of [id, randomUUID(), "no id"]) {
      const path = await steps.arrive();
      await expect(finishUpload(world.deps, bob, { uploadId, path })).rejects.toEqual(refusal("NOT_FOUND"));
      expect(steps.isThere(path)).toBe(true);
    }
    expect(await steps.row(id)).toMatchObject({ state: "uploading" });
  });
});

describe("what goes wrong on our side", () => {
  test("changes nothing: the file stays, and it may be tried again", async () => {
    const ann = await world.user();
    const id = await steps.begin(ann);
    const path = await steps.arrive();
    const full = new Error("no space left on device");
    const storage = { ...world.deps.storage, putBytes: () => Promise.reject(full) };
    const finished = finishUpload({ ...world.deps, storage }, ann, { uploadId: id, path });
    await expect(finished).rejects.toBe(full);
    expect(await steps.row(id)).toMatchObject({ state: "uploading" });
    await expect(finishUpload(world.deps, ann, { uploadId: id, path })).resolves.toMatchObject({ id });
  });
});

describe("a database that goes away between storing and marking", () => {
  test("leaves a picture that can be finished again", async () => {
    const ann = await world.user();
    const id = await steps.begin(ann);
    const path = await steps.arrive();
    const away = new Error("connection lost");
    const db = Object.assign(Object.create(world.deps.db), { transaction: () => Promise.reject(away) });
    await expect(finishUpload({ ...world.deps, db }, ann, { uploadId: id, path })).rejects.toBe(away);
    expect(await finishUpload(world.deps, ann, { uploadId: id, path })).toMatchObject({ id });
    expect(steps.isThere(path)).toBe(false);
  });
});

describe("one that was removed while it was being finished", () => {
  test("is not there any more, and leaves nothing in the storage", async () => {
    const ann = await world.user();
    const id = await steps.begin(ann);
    const storage = {
      ...world.deps.storage,
      async putBytes(key: string, bytes: Uint8Array) {
        await world.deps.storage.putBytes(key, bytes);
        await removeUpload(world.deps, ann, id);
      },
    };
    const path = await steps.arrive();
    const finished = finishUpload({ ...world.deps, storage }, ann, { uploadId: id, path });
    await expect(finished).rejects.toEqual(refusal("NOT_FOUND"));
    expect(keysOf(id)).toEqual([]);
    expect(await steps.units(ann)).toEqual([`released ${DAY}`]);
  });
  test("by a process that died in the middle is found by the sweep, an hour later", async () => {
    const ann = await world.user();
    const id = await steps.begin(ann);
    await world.deps.storage.putBytes(`liveassist/${id}`, Buffer.from("left behind"));
    await removeUpload(world.deps, ann, id);
    await sweepUploads(world.deps);
    expect(await steps.row(id)).toMatchObject({ state: "removed" });
    world.clock.advance(60 * 60_000);
    await sweepUploads(world.deps);
    expect(await steps.row(id)).toBeUndefined();
    expect(keysOf(id)).toEqual([]);
  });
});
