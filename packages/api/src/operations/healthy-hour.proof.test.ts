import { afterAll, beforeAll, expect, test } from "vitest";
import { playHealthyTime } from "../../test/support/healthy-time.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test("a healthy hour with over 10,000 events fires no alert", { timeout: 1_200_000 }, async () => {
  const events = await playHealthyTime(world, { minutes: 60, buyers: 1, others: 24 });
  expect(events).toBeGreaterThan(10_000);
  const [stored] = await world.database.sql`select count(*)::int as n,
    count(*) filter (where outcome is null)::int as pending from webhook_events`;
  expect(stored?.["n"]).toBeGreaterThan(9_000);
  expect(stored?.["pending"]).toBeLessThan(100);
  expect(await world.database.sql`select count(*)::int as n from activations`).toEqual([{ n: 360 }]);
  expect(await world.database.sql`select * from incidents`).toEqual([]);
  expect(world.alerts).toEqual([]);
  expect(world.logs.filter(({ level }) => level === "error")).toEqual([]);
});
