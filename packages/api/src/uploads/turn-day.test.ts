import { afterAll, beforeAll, expect, test } from "vitest";
import { DAY, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { createUpload } from "./create-upload.ts";
import { turnDay } from "./turn-day.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const begin = (actor: Awaited<ReturnType<TestWorld["user"]>>) =>
  createUpload(world.deps, actor, {
    ...{ purpose: "liveassist", filename: "a.png", mediaType: "image/png", bytes: 10 },
    ...{ frameOf: null, frameAtMs: null },
  });
const counterOf = async ({ userId }: { userId: string }) => (await world.row(userId)).imageCounter;

test("a new day begins at nothing, for whoever did nothing in it", async () => {
  const [idle, busy] = [await world.user(), await world.user()];
  await begin(idle);
  await begin(busy);
  world.clock.advance(DAY);
  await begin(busy);
  expect([await counterOf(idle), await counterOf(busy)]).toEqual([1, 1]);
  await turnDay(world.deps);
  expect([await counterOf(idle), await counterOf(busy)]).toEqual([0, 1]);
});

test("a sweep sent before midnight that comes after it leaves the new day alone", async () => {
  const early = await world.user();
  const before = world.clock.now();
  world.clock.advance(DAY);
  await begin(early);
  // As the server sees the time that sent it; its memory of days is its own.
  const late = {
    ...world.deps,
    db: Object.create(world.deps.db),
    clock: { ...world.clock, now: () => before },
  };
  await turnDay(late);
  expect(await counterOf(early)).toBe(1);
});
