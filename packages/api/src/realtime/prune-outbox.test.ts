import { outbox } from "@liveassist/db/schema";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { pruneOutbox } from "./prune-outbox.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const days = (age: number) => new Date(world.clock.wall() - age * 86_400_000).toISOString();

test("rows older than seven days go, in batches; the newest of all stays whatever its age", async () => {
  const { userId } = await world.user();
  const insert = (many: number, age: number) =>
    world.deps.db.execute(sql`insert into outbox (user_id, type, payload, created_at)
      select ${userId}, 'x', '{}', ${days(age)}::timestamptz from generate_series(1, ${many}::int)`);
  await insert(2_500, 8);
  await insert(3, 6.9);
  expect(await pruneOutbox(world.deps)).toBe(2_500);
  expect(await world.deps.db.select().from(outbox)).toHaveLength(3);
  await world.deps.db.update(outbox).set({ createdAt: new Date(days(30)) });
  expect(await pruneOutbox(world.deps)).toBe(2);
  expect(await pruneOutbox(world.deps)).toBe(0);
  expect(await world.deps.db.select().from(outbox)).toHaveLength(1);
});
