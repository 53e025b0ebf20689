import { adminActions } from "@liveassist/db/schema";
import { desc } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Actor, Deps } from "../deps.ts";
import { recordAction } from "./record-action.ts";

let world: TestWorld;
let admin: Actor;
beforeAll(async () => {
  world = await openWorld();
  admin = await world.user("admin");
});
afterAll(() => world.close());

const last = async () =>
  (await world.deps.db.select().from(adminActions).orderBy(desc(adminActions.id)).limit(1))[0];
const refused = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });
/** Calls with an input that no type allows. */
const replay = (input: unknown) => world.as(admin).admin.replayEvent(input as { eventId: string });

test.each([
  ["NUL", { eventId: "evt_\0", userId: "u\0" }],
  ["half a surrogate pair", { eventId: "evt_\ud800", userId: "\udc00" }],
  ["in a key", { "\0": 1, "\ud800": 2 }],
  ["no object", [1, 2]],
  ["nothing", undefined],
  ["deep", JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`) as unknown],
  ["long", { eventId: "x".repeat(90_000), userId: "u".repeat(90_000) }],
])(
  "what cannot be asked for is refused as the caller's mistake, and written down: %s",
  async (_name, input) => {
    await expect(replay(input)).rejects.toEqual(refused("INVALID_INPUT"));
    const row = await last();
    expect(row).toMatchObject({
      action: "admin.replayEvent",
      actorId: admin.userId,
      outcome: "INVALID_INPUT",
    });
    expect(JSON.stringify(row).length).toBeLessThan(20_000);
  },
);

test("something done whose outcome cannot be written is not called failed", async () => {
  let updates = 0;
  const db = Object.create(world.deps.db) as Deps["db"];
  db.update = ((table: typeof adminActions) => {
    updates += 1;
    if (updates === 1) throw new Error("cut");
    return world.deps.db.update(table);
  }) as Deps["db"]["update"];
  const action = { actorId: null, action: "a test", input: {} };
  expect(await recordAction({ ...world.deps, db }, action, { run: async () => "the answer" })).toBe(
    "the answer",
  );
  expect((await last())?.outcome).toBe(null);
});

test("what failed fails as it did, also when that cannot be written", async () => {
  const db = Object.create(world.deps.db) as Deps["db"];
  db.update = (() => {
    throw new Error("cut");
  }) as Deps["db"]["update"];
  const run = () => Promise.reject(new Error("the reason"));
  const action = { actorId: null, action: "a test", input: {} };
  await expect(recordAction({ ...world.deps, db }, action, { run })).rejects.toThrow("the reason");
});
