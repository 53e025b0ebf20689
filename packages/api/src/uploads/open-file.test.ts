import { randomUUID } from "node:crypto";
import { communityPosts, communityReports } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { GOOD_VIDEO, type UploadSteps, uploadSteps, VIDEO } from "../../test/support/upload-steps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor } from "../deps.ts";
import { findUpload } from "./find-upload.ts";
import { openFile } from "./open-file.ts";
import { postUploads } from "./post-uploads.ts";
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

const NOT_FOUND = expect.objectContaining({ code: "NOT_FOUND" });
const open = (actor: Actor, uploadId: string, preview = false) =>
  openFile(world.deps, actor, { uploadId, preview });

describe("a file for the assistant", () => {
  test("is its owner's alone, sent or not", async () => {
    const [ann, bob, admin] = [await world.user(), await world.user(), await world.user("admin")];
    const id = await steps.ready(ann);
    for (const isSent of [false, true]) {
      if (isSent) await steps.send(ann, [id]);
      const file = { key: `liveassist/${id}`, mediaType: "image/png", filename: "cat.png" };
      expect(await open(ann, id)).toEqual(file);
      expect(await open(ann, id, true)).toEqual({ ...file, key: `preview/${id}`, mediaType: "image/webp" });
      for (const other of [bob, admin]) await expect(open(other, id)).rejects.toEqual(NOT_FOUND);
    }
  });
  test("is not there before it is whole, when it was removed, and when it never was", async () => {
    const ann = await world.user();
    const [begun, removed] = [await steps.begin(ann), await steps.ready(ann)];
    await removeUpload(world.deps, ann, removed);
    for (const id of [begun, removed, randomUUID(), "no id", ""])
      await expect(open(ann, id)).rejects.toEqual(NOT_FOUND);
  });
  test("that is a video has no small picture", async () => {
    const { actor: ann, customerId } = await world.buyer();
    world.at.invoice(world.at.subscribe(customerId));
    await syncCustomer(world.deps, customerId);
    const id = await steps.ready(ann, VIDEO, GOOD_VIDEO);
    expect(await open(ann, id)).toMatchObject({ mediaType: "video/mp4" });
    await expect(open(ann, id, true)).rejects.toEqual(NOT_FOUND);
  });
});

describe("a picture of a post", () => {
  async function posted() {
    const [ann, bob, admin] = [await world.user(), await world.user(), await world.user("admin")];
    const [uploadId, postId] = [await steps.ready(ann, { purpose: "community" }), randomUUID()];
    const { userId } = ann;
    const post = { id: postId, userId, text: "", clientPostId: postId, createdAt: new Date(0) };
    await world.deps.db.insert(communityPosts).values(post);
    await expect(open(bob, uploadId)).rejects.toEqual(NOT_FOUND);
    await world.deps.db.transaction((tx) => postUploads(tx, { userId, uploadIds: [uploadId], postId }));
    return { ann, bob, admin, uploadId, postId };
  }

  test("may be seen by everybody who is signed in, once it is posted", async () => {
    const { ann, bob, admin, uploadId } = await posted();
    for (const viewer of [ann, bob, admin])
      expect(await open(viewer, uploadId)).toMatchObject({ key: `community/${uploadId}` });
  });
  test("is hidden for who reported it, and for nobody else; who has to judge it sees it", async () => {
    const { ann, bob, admin, uploadId, postId } = await posted();
    const carl = await world.user();
    for (const { userId } of [bob, admin])
      await world.deps.db.insert(communityReports).values({ postId, reporterId: userId, reason: "rude" });
    await expect(open(bob, uploadId)).rejects.toEqual(NOT_FOUND);
    for (const viewer of [ann, carl, admin]) await expect(open(viewer, uploadId)).resolves.toBeTruthy();
  });
  test("goes with its post, for everybody else", async () => {
    const { bob, admin, uploadId, postId } = await posted();
    await world.deps.db
      .update(communityPosts)
      .set({ removedAt: new Date(0) })
      .where(eq(communityPosts.id, postId));
    for (const viewer of [bob, admin]) await expect(open(viewer, uploadId)).rejects.toEqual(NOT_FOUND);
  });
});

test("an upload is found by its owner alone", async () => {
  const [ann, bob] = [await world.user(), await world.user()];
  const id = await steps.begin(ann);
  expect(await findUpload(world.deps, ann, id)).toMatchObject({ id, userId: ann.userId, bytes: 1_000 });
  for (const wrong of [id, randomUUID(), "no id"])
    await expect(findUpload(world.deps, bob, wrong)).rejects.toEqual(NOT_FOUND);
});
