import { randomUUID } from "node:crypto";
import { usage } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { type UploadSteps, uploadSteps } from "../../test/support/upload-steps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor } from "../deps.ts";
import { releaseUnits } from "./release-units.ts";
import { removeUpload } from "./remove-upload.ts";
import { retakeUnits } from "./retake-units.ts";
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
const release = (messageId: string) =>
  world.deps.db.transaction((tx) => releaseUnits(world.deps, tx, messageId));
const retake = (actor: Actor, messageId: string) =>
  world.deps.db.transaction((tx) => retakeUnits(world.deps, tx, { userId: actor.userId, messageId }));
/** How many more images may begin today; those that did are taken back. */
async function room(actor: Actor): Promise<number> {
  const begun: string[] = [];
  try {
    while (begun.length < 5) begun.push(await steps.begin(actor));
  } catch {}
  for (const id of begun) await removeUpload(world.deps, actor, id);
  return begun.length;
}

describe("a unit comes back exactly once", () => {
  test.each<{ how: string; end: (actor: Actor, id: string) => Promise<unknown> }>([
    { how: "cancelled on its way", end: (actor, id) => removeUpload(world.deps, actor, id) },
    {
      how: "removed when it was ready",
      async end(actor, id) {
        await steps.finish(actor, id);
        await removeUpload(world.deps, actor, id);
      },
    },
    {
      how: "refused by its content",
      end: (actor, id) => steps.finish(actor, id, "nothing").catch(() => null),
    },
  ])("$how, however often", async ({ end }) => {
    const ann = await world.user();
    const [kept, id] = [await steps.begin(ann), await steps.begin(ann)];
    expect(await room(ann)).toBe(0);
    await end(ann, id);
    expect(await room(ann)).toBe(1);
    await Promise.all([1, 2, 3].map(() => removeUpload(world.deps, ann, id)));
    expect(await room(ann)).toBe(1);
    expect(await steps.counter(ann)).toBe(1);
    expect(await steps.row(kept)).toMatchObject({ state: "uploading" });
  });

  test("not given back by somebody else, or by an id that is none", async () => {
    const [ann, bob] = [await world.user(), await world.user()];
    const id = await steps.begin(ann);
    for (const wrong of [id, randomUUID(), "no id"])
      await expect(removeUpload(world.deps, bob, wrong)).rejects.toEqual(refusal("NOT_FOUND"));
    expect(await room(ann)).toBe(1);
  });
});

describe("when the reply to a message fails", () => {
  test("its units come back once, and nothing else's", async () => {
    const ann = await world.user();
    const [failing, other] = [await steps.ready(ann), await steps.ready(ann)];
    const messageId = await steps.send(ann, [failing]);
    await steps.send(ann, [other]);
    await Promise.all([release(messageId), release(messageId), release(messageId)]);
    expect(await steps.units(ann)).toEqual(["committed 2026-11-21", "released 2026-11-21"]);
    expect(await steps.counter(ann)).toBe(1);
    expect(await room(ann)).toBe(1);
    await release(randomUUID());
  });

  test("trying again takes them again, once", async () => {
    const ann = await world.user();
    const messageId = await steps.send(ann, [await steps.ready(ann), await steps.ready(ann)]);
    await release(messageId);
    expect(await room(ann)).toBe(2);
    await Promise.all([retake(ann, messageId), retake(ann, messageId)]);
    expect(await room(ann)).toBe(0);
    expect(await steps.counter(ann)).toBe(2);
    await retake(ann, messageId);
    const live = (await steps.units(ann)).filter((unit) => !unit.startsWith("released"));
    expect(live).toEqual(["committed 2026-11-21", "committed 2026-11-21"]);
  });

  test("and the day was filled meanwhile, trying again is refused whole", async () => {
    const ann = await world.user();
    const messageId = await steps.send(ann, [await steps.ready(ann), await steps.ready(ann)]);
    await release(messageId);
    await steps.begin(ann);
    await expect(retake(ann, messageId)).rejects.toEqual(refusal("IMAGE_DAY_LIMIT"));
    expect(await steps.units(ann)).toEqual([
      "released 2026-11-21",
      "released 2026-11-21",
      "reserved 2026-11-21",
    ]);
  });

  test("and it is tried again and begun anew at the same instant, only two of all get through", async () => {
    for (let round = 0; round < 10; round++) {
      const ann = await world.user();
      const messageId = await steps.send(ann, [await steps.ready(ann)]);
      await release(messageId);
      await steps.begin(ann);
      await Promise.allSettled([steps.begin(ann), retake(ann, messageId), steps.begin(ann)]);
      const live = (await steps.units(ann)).filter((unit) => !unit.startsWith("released"));
      expect(live).toHaveLength(2);
    }
  });

  test("with text only, nothing is taken and nothing given", async () => {
    const ann = await world.user();
    await steps.begin(ann);
    await steps.begin(ann);
    const messageId = await steps.send(ann, []);
    await release(messageId);
    await retake(ann, messageId);
    expect(await steps.counter(ann)).toBe(2);
  });

  test("and it is tried again tomorrow, tomorrow pays", async () => {
    const ann = await world.user();
    const messageId = await steps.send(ann, [await steps.ready(ann)]);
    await release(messageId);
    world.clock.advance(DAY);
    await retake(ann, messageId);
    expect(await steps.units(ann)).toEqual(["committed 2026-11-22"]);
    expect(await room(ann)).toBe(1);
  });

  test("and was sent with Premium, trying again costs nothing after it either", async () => {
    const { actor: ann, customerId } = await world.buyer();
    const subscription = world.at.subscribe(customerId);
    world.at.invoice(subscription);
    await syncCustomer(world.deps, customerId);
    const ids = [await steps.ready(ann), await steps.ready(ann), await steps.ready(ann)];
    const messageId = await steps.send(ann, ids);
    await release(messageId);
    world.at.end(subscription);
    await syncCustomer(world.deps, customerId);
    await retake(ann, messageId);
    expect(await room(ann)).toBe(2);
  });
});

describe("an upload that nobody sends", () => {
  test("is swept after 24 hours, with its unit, and not before", async () => {
    const ann = await world.user();
    const id = await steps.ready(ann);
    world.clock.advance(DAY - 1);
    await sweepUploads(world.deps);
    expect(await steps.row(id)).toMatchObject({ state: "ready" });
    world.clock.advance(1);
    expect(await sweepUploads(world.deps)).toBeGreaterThan(0);
    expect(await steps.row(id)).toBeUndefined();
    const [unit] = await world.deps.db.select().from(usage).where(eq(usage.uploadId, id));
    expect(unit?.state).toBe("released");
  });

  test("swept and sent at the same instant is one of both: sent with its unit, or gone without it", async () => {
    const ends = new Set<string>();
    for (let round = 0; round < 30; round++) {
      const ann = await world.user();
      const id = await steps.ready(ann);
      world.clock.advance(DAY);
      const [sent] = await Promise.allSettled([steps.send(ann, [id]), sweepUploads(world.deps)]);
      const [unit] = (await steps.units(ann)).map((one) => one.split(" ")[0]);
      const row = await steps.row(id);
      const end = `${sent.status} ${row?.state ?? "gone"} ${unit}`;
      expect(["fulfilled sent committed", "rejected removed released", "rejected gone released"]).toContain(
        end,
      );
      ends.add(end);
    }
    expect(ends.size).toBeGreaterThan(0);
  });
});
