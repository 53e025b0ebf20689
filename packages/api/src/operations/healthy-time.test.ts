import { afterEach, beforeEach, expect, test } from "vitest";
import { playHealthyTime } from "../../test/support/healthy-time.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

test("five healthy minutes fire nothing; the whole hour is played by the proof", {
  timeout: 60_000,
}, async () => {
  const events = await playHealthyTime(world, { minutes: 5, buyers: 1, others: 1 });
  expect(events).toBeGreaterThan(150);
  expect(await world.database.sql`select * from incidents`).toEqual([]);
  expect(world.alerts).toEqual([]);
  expect(world.alarms()).toEqual([]);
  expect(world.logs.filter(({ level }) => level === "error")).toEqual([]);
});
