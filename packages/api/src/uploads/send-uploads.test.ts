import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import {
  GOOD_VIDEO,
  PICTURE,
  STILL,
  type UploadSteps,
  uploadSteps,
  VIDEO,
} from "../../test/support/upload-steps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor } from "../deps.ts";
import { listUploads } from "./list-uploads.ts";
import { postUploads } from "./post-uploads.ts";
import { removeUpload } from "./remove-upload.ts";
import { storedPictures } from "./stored-pictures.ts";
import { uploadsOfMessages, uploadsOfPosts } from "./upload-views.ts";

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

async function payer(): Promise<Actor> {
  const { actor, customerId } = await world.buyer();
  world.at.invoice(world.at.subscribe(customerId));
  await syncCustomer(world.deps, customerId);
  return actor;
}

const post = (actor: Actor, uploadIds: readonly string[], postId: string = randomUUID()) =>
  world.deps.db.transaction((tx) => postUploads(tx, { userId: actor.userId, uploadIds, postId }));

describe("a message", () => {
  test("takes its files in the order they were named, and keeps their units", async () => {
    const ann = await world.user();
    const [one, two] = [await steps.ready(ann), await steps.ready(ann, { filename: "dog.png" })];
    const messageId = await steps.send(ann, [two, one]);
    const views = await uploadsOfMessages(world.deps.db, [messageId, randomUUID()]);
    expect([...views]).toEqual([
      [messageId, [expect.objectContaining({ id: two }), expect.objectContaining({ id: one })]],
    ]);
    expect(await steps.units(ann)).toEqual(["committed 2026-11-21", "committed 2026-11-21"]);
    expect(await steps.counter(ann)).toBe(2);
  });
  test("sends a file once: not again, not twice in itself, and not in two messages at the same instant", async () => {
    const ann = await world.user();
    const id = await steps.ready(ann);
    await expect(steps.send(ann, [id, id])).rejects.toEqual(refusal("UPLOAD_USED"));
    const sent = await Promise.allSettled([1, 2, 3, 4].map(() => steps.send(ann, [id])));
    expect(sent.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of sent) if (one.status === "rejected") expect(one.reason).toEqual(refusal("UPLOAD_USED"));
    await expect(removeUpload(world.deps, ann, id)).rejects.toEqual(refusal("UPLOAD_USED"));
    expect(await steps.units(ann)).toEqual(["committed 2026-11-21"]);
  });
  test("sends all of its files or none", async () => {
    const ann = await world.user();
    const [ready, begun] = [await steps.ready(ann), await steps.begin(ann)];
    await expect(steps.send(ann, [ready, begun])).rejects.toEqual(refusal("UPLOAD_NOT_READY"));
    expect(await steps.row(ready)).toMatchObject({ state: "ready", messageId: null });
    expect(await steps.units(ann)).toEqual(["reserved 2026-11-21", "reserved 2026-11-21"]);
  });
  test("takes nobody else's, nothing that is not there, and nothing of another purpose", async () => {
    const [ann, bob] = [await payer(), await world.user()];
    const video = await steps.ready(ann, VIDEO, GOOD_VIDEO);
    const still = await steps.ready(ann, { ...STILL, frameOf: video }, "image/jpeg 1x1");
    const picture = await steps.ready(ann, { purpose: "community" });
    const foreign = await steps.ready(bob);
    for (const id of [foreign, still, picture, randomUUID(), "no id"])
      await expect(steps.send(ann, [id], true)).rejects.toEqual(refusal("NOT_FOUND"));
    await expect(steps.send(ann, [video, still], true)).rejects.toEqual(refusal("NOT_FOUND"));
    expect(await steps.row(foreign)).toMatchObject({ state: "ready" });
  });
  test("takes nothing that failed or was removed", async () => {
    const ann = await world.user();
    const failed = await steps.begin(ann);
    await expect(steps.finish(ann, failed, "nothing")).rejects.toEqual(refusal("UNSUPPORTED_MEDIA"));
    const removed = await steps.ready(ann);
    await removeUpload(world.deps, ann, removed);
    for (const id of [failed, removed])
      await expect(steps.send(ann, [id])).rejects.toEqual(refusal("UPLOAD_NOT_READY"));
  });
  test("takes a video only from Premium, checked once more", async () => {
    const ann = await payer();
    const video = await steps.ready(ann, VIDEO, GOOD_VIDEO);
    await expect(steps.send(ann, [video], false)).rejects.toEqual(refusal("VIDEO_REQUIRES_PREMIUM"));
    expect(await steps.row(video)).toMatchObject({ state: "ready" });
    await steps.send(ann, [video], true);
    expect(await steps.row(video)).toMatchObject({ state: "sent" });
  });
});

describe("a video in a message", () => {
  test("takes its finished stills along, for the assistant and not for the eye", async () => {
    const ann = await payer();
    const picture = await steps.ready(ann, { filename: "cat.png" });
    const video = await steps.ready(ann, VIDEO, GOOD_VIDEO);
    const still = (frameAtMs: number) => ({ ...STILL, frameOf: video, frameAtMs });
    const late = await steps.ready(ann, still(65_400), "image/jpeg 1x1");
    const early = await steps.ready(ann, still(5_000), "image/jpeg 1x1");
    const onItsWay = await steps.begin(ann, still(9_000));
    const messageId = await steps.send(ann, [video, picture], true);
    const pictures = (await storedPictures(world.deps.db, [messageId])).get(messageId);
    expect(pictures).toMatchObject([
      { label: "clip.mp4 at 0:05", mediaType: "image/jpeg", key: `liveassist/${early}` },
      { label: "clip.mp4 at 1:05", mediaType: "image/jpeg", key: `liveassist/${late}` },
      { label: "cat.png", mediaType: "image/png", key: `liveassist/${picture}` },
    ]);
    const views = (await uploadsOfMessages(world.deps.db, [messageId])).get(messageId);
    expect(views?.map(({ id }) => id)).toEqual([video, picture]);
    await expect(steps.finish(ann, onItsWay, "image/jpeg 1x1")).rejects.toEqual(refusal("NOT_FOUND"));
  });
});

describe("a post", () => {
  test("takes pictures of its author, once, in their order, and costs no units", async () => {
    const ann = await world.user();
    const ids = [
      await steps.ready(ann, { purpose: "community" }),
      await steps.ready(ann, { purpose: "community" }),
    ];
    const postId = randomUUID();
    await post(ann, ids.toReversed(), postId);
    const views = (await uploadsOfPosts(world.deps.db, [postId])).get(postId);
    expect(views?.map(({ url }) => url)).toEqual(ids.toReversed().map((id) => `/api/community/files/${id}`));
    await expect(post(ann, ids)).rejects.toEqual(refusal("UPLOAD_USED"));
    expect(await steps.units(ann)).toEqual([]);
  });
  test("takes nobody else's, and nothing that was sent up for the assistant", async () => {
    const [ann, bob] = [await world.user(), await world.user()];
    const foreign = await steps.ready(bob, { purpose: "community" });
    for (const id of [foreign, await steps.ready(ann), randomUUID()])
      await expect(post(ann, [id])).rejects.toEqual(refusal("NOT_FOUND"));
    await expect(post(ann, [await steps.begin(ann, { purpose: "community" })])).rejects.toEqual(
      refusal("UPLOAD_NOT_READY"),
    );
  });
});

test("what one has begun and not sent is listed, one's own only, without stills and pictures for posts", async () => {
  const [ann, bob] = [await payer(), await world.user()];
  const video = await steps.ready(ann, VIDEO, GOOD_VIDEO);
  world.clock.advance(1);
  const begun = await steps.begin(ann, { filename: "later.png" });
  const [sent, removed] = [await steps.ready(ann), await steps.ready(ann)];
  await steps.send(ann, [sent]);
  await removeUpload(world.deps, ann, removed);
  await steps.begin(ann, { ...STILL, frameOf: video });
  await steps.begin(ann, { ...PICTURE, purpose: "community" });
  await steps.begin(bob);
  const listed = await listUploads(world.deps, ann);
  expect(listed).toEqual([
    expect.objectContaining({ state: "ready", upload: expect.objectContaining({ id: video }) }),
    expect.objectContaining({ state: "uploading", upload: expect.objectContaining({ id: begun }) }),
  ]);
  expect(await world.as(ann).liveassist.listUploads()).toEqual(listed);
});
