import { randomUUID } from "node:crypto";
import { liveassistSessions } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MemoryStorage } from "../../test/support/memory-storage.ts";
import { DAY, MINUTE, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { GOOD_VIDEO, STILL, type UploadSteps, uploadSteps, VIDEO } from "../../test/support/upload-steps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor } from "../deps.ts";
import { discardUploads } from "./discard-uploads.ts";
import { openFile } from "./open-file.ts";
import { postUploads } from "./post-uploads.ts";
import { removeUpload } from "./remove-upload.ts";
import { sweepUploads } from "./sweep-uploads.ts";
import { uploadsOfMessages } from "./upload-views.ts";

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
const keys = () => (world.deps.storage as MemoryStorage).keys();
const keysOf = (id: string) => keys().filter((key) => key.endsWith(id));
const discard = (of: Parameters<typeof discardUploads>[1]) =>
  world.deps.db.transaction((tx) => discardUploads(tx, of));

async function payer(): Promise<Actor> {
  const { actor, customerId } = await world.buyer();
  world.at.invoice(world.at.subscribe(customerId));
  await syncCustomer(world.deps, customerId);
  return actor;
}

describe("the sweep", () => {
  test("removes what was taken back, files first and then the row", async () => {
    const ann = await world.user();
    const id = await steps.ready(ann);
    await removeUpload(world.deps, ann, id);
    expect(keysOf(id)).toHaveLength(2);
    await sweepUploads(world.deps);
    expect(keysOf(id)).toEqual([]);
    expect(await steps.row(id)).toBeUndefined();
  });

  test("leaves what was sent and what still waits", async () => {
    const ann = await world.user();
    const [sent, waiting] = [await steps.ready(ann), await steps.ready(ann)];
    await steps.send(ann, [sent]);
    world.clock.advance(DAY - 1);
    await sweepUploads(world.deps);
    expect(keysOf(waiting)).toHaveLength(2);
    world.clock.advance(10 * DAY);
    await sweepUploads(world.deps);
    expect(keysOf(waiting)).toEqual([]);
    expect(keysOf(sent)).toHaveLength(2);
    expect(await steps.units(ann)).toEqual(expect.arrayContaining([expect.stringMatching(/^committed/)]));
  });

  test("takes a video's stills along, also those of a day that is not over for them", async () => {
    const ann = await payer();
    const video = await steps.ready(ann, VIDEO, GOOD_VIDEO);
    world.clock.advance(DAY - 1);
    const still = await steps.ready(ann, { ...STILL, frameOf: video }, "image/jpeg 1x1");
    world.clock.advance(1);
    await sweepUploads(world.deps);
    expect([await steps.row(video), await steps.row(still)]).toEqual([undefined, undefined]);
    expect([...keysOf(video), ...keysOf(still)]).toEqual([]);
  });

  test("knows the reason of a refusal for an hour, then forgets it", async () => {
    const ann = await world.user();
    const id = await steps.begin(ann);
    await steps.finish(ann, id, "nothing").catch(() => null);
    world.clock.advance(60 * MINUTE - 1);
    await sweepUploads(world.deps);
    expect(await steps.row(id)).toMatchObject({ state: "failed", failure: "UNSUPPORTED_MEDIA" });
    world.clock.advance(1);
    await sweepUploads(world.deps);
    expect(await steps.row(id)).toBeUndefined();
  });

  test("that dies between files and row finds the row again", async () => {
    const ann = await world.user();
    const id = await steps.ready(ann);
    await removeUpload(world.deps, ann, id);
    const crash = () => Promise.reject(new Error("the process died"));
    const remove = async (key: string) => {
      await world.deps.storage.remove(key);
      return crash();
    };
    await sweepUploads({ ...world.deps, storage: { ...world.deps.storage, remove } });
    expect(await steps.row(id)).toMatchObject({ state: "removed" });
    world.clock.advance(5 * MINUTE);
    await sweepUploads(world.deps);
    expect(await steps.row(id)).toBeUndefined();
    expect(keysOf(id)).toEqual([]);
  });

  test("is not held up by a file that the storage will not let go of, and tries it again", async () => {
    const ann = await world.user();
    const [stuck, free] = [await steps.ready(ann), await steps.ready(ann)];
    await removeUpload(world.deps, ann, stuck);
    await removeUpload(world.deps, ann, free);
    const remove = (key: string) =>
      key.endsWith(stuck) ? Promise.reject(new Error("busy")) : world.deps.storage.remove(key);
    await sweepUploads({ ...world.deps, storage: { ...world.deps.storage, remove } });
    expect([await steps.row(free), keysOf(free)]).toEqual([undefined, []]);
    expect(keysOf(stuck)).not.toEqual([]);
    world.clock.advance(5 * MINUTE);
    await sweepUploads(world.deps);
    expect([await steps.row(stuck), keysOf(stuck)]).toEqual([undefined, []]);
  });

  test("by three servers at once gives each unit back once", async () => {
    const people = await Promise.all(Array.from({ length: 10 }, () => world.user()));
    for (const ann of people) await steps.ready(ann);
    world.clock.advance(DAY);
    for (let turn = 0; turn < 2; turn++) await Promise.all([1, 2, 3].map(() => sweepUploads(world.deps)));
    for (const ann of people) {
      expect(await steps.units(ann)).toEqual([expect.stringMatching(/^released/)]);
      expect(await steps.counter(ann)).toBe(0);
    }
  });

  test("begins a new day of the counters, and leaves those of today", async () => {
    const [ann, bob] = [await world.user(), await world.user()];
    await steps.send(ann, [await steps.ready(ann)]);
    await sweepUploads(world.deps);
    expect(await steps.counter(ann)).toBe(1);
    world.clock.advance(DAY);
    await steps.begin(bob);
    await sweepUploads(world.deps);
    expect([await steps.counter(ann), await steps.counter(bob)]).toEqual([0, 1]);
  });
});

describe("what goes with a session, a post or an account", () => {
  test("a deleted session's files go, its units stay taken", async () => {
    const ann = await world.user();
    const [id, other] = [await steps.ready(ann), await steps.ready(ann)];
    const messageId = await steps.send(ann, [id]);
    await steps.send(ann, [other]);
    const { sessionId } = await steps.message(messageId);
    await world.deps.db.transaction(async (tx) => {
      await discardUploads(tx, { sessionId });
      await tx.delete(liveassistSessions).where(eq(liveassistSessions.id, sessionId));
    });
    await expect(openFile(world.deps, ann, { uploadId: id, preview: false })).rejects.toEqual(
      refusal("NOT_FOUND"),
    );
    await sweepUploads(world.deps);
    expect([keysOf(id), keysOf(other).length]).toEqual([[], 2]);
    expect(await steps.counter(ann)).toBe(2);
    await expect(steps.begin(ann)).rejects.toEqual(refusal("IMAGE_DAY_LIMIT"));
  });

  test("a deleted post's pictures go, and nothing else", async () => {
    const ann = await world.user();
    const [id, other] = [
      await steps.ready(ann, { purpose: "community" }),
      await steps.ready(ann, { purpose: "community" }),
    ];
    const postId = randomUUID();
    const { userId } = ann;
    await world.deps.db.transaction((tx) => postUploads(tx, { userId, uploadIds: [id], postId }));
    await discard({ postId });
    await sweepUploads(world.deps);
    expect([keysOf(id), keysOf(other).length]).toEqual([[], 2]);
  });

  test("a deleted account leaves no file and no book of its images, and nobody else's is touched", async () => {
    const [ann, bob] = [await world.user(), await world.user()];
    const [sent, ready, begun] = [
      await steps.ready(ann),
      await steps.ready(ann, { purpose: "community" }),
      await steps.begin(ann),
    ];
    const messageId = await steps.send(ann, [sent]);
    const others = await steps.ready(bob);
    await discard({ userId: ann.userId });
    expect(await uploadsOfMessages(world.deps.db, [messageId])).toEqual(new Map());
    world.clock.advance(DAY - 1);
    await sweepUploads(world.deps);
    expect([keysOf(sent), keysOf(ready)]).toEqual([[], []]);
    expect(await steps.units(ann)).toEqual([]);
    expect(await steps.row(others)).toMatchObject({ state: "ready" });
    await expect(steps.finish(ann, begun)).rejects.toEqual(refusal("NOT_FOUND"));
  });
});
