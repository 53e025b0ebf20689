import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Actor } from "../deps.ts";

let world: TestWorld;
let admin: Actor;
beforeAll(async () => {
  world = await openWorld();
  admin = await world.user("admin");
  await world.database
    .sql`insert into incidents (alert, severity, value, threshold, opened_at, last_seen_at, closed_at)
    select 'dead_letters', 'ticket', n, 0, now(), now(), case when n = 2 then null else now() end
    from generate_series(1, 7) as n`;
});
afterAll(() => world.close());

const list = (input: { open?: boolean; cursor?: string; limit?: number }) =>
  world.as(admin).operations.listIncidents(input);

test("what is open comes first, then the newest, page after page", async () => {
  const found: number[] = [];
  let cursor: string | undefined;
  do {
    const { incidents, next } = await list({ limit: 1, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...incidents.map(({ value }) => value));
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  expect(found).toEqual([2, 7, 6, 5, 4, 3, 1]);
});

test("only what is open, when only that is asked for", async () => {
  expect((await list({ open: true })).incidents.map(({ value }) => value)).toEqual([2]);
});

test("a cursor that is none of ours is refused", async () => {
  await expect(list({ cursor: "1:open x" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
