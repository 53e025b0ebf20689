import type { Db } from "@liveassist/db";
import { sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { appendEvent } from "./append-event.ts";
import { startTail } from "./tail.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const append = (userId: string, type: string) =>
  world.deps.db.transaction((tx) => appendEvent(tx, { userId, type, payload: {} }));

function follow(userId: string, sent = 0) {
  const heard: string[] = [];
  const stop = world.deps.tail.follow({ userId, sent, deliver: (row) => void heard.push(row.type) });
  return { heard, stop };
}

/** A transaction that has drawn its id and does not commit before it is told to. */
async function slowWriter(userId: string, type: string) {
  const written = Promise.withResolvers<void>();
  const commit = Promise.withResolvers<void>();
  const done = world.deps.db.transaction(async (tx) => {
    await appendEvent(tx, { userId, type, payload: {} });
    written.resolve();
    await commit.promise;
  });
  await written.promise;
  return {
    commit: async () => {
      commit.resolve();
      await done;
    },
  };
}

/** Fails the first time that anybody's rows are read. */
function cutOnce(db: Db): Db {
  let isCut = false;
  return new Proxy(db, {
    get(target, key) {
      if (key !== "select") return Reflect.get(target, key);
      return (fields: Record<string, PgColumn>) => {
        if (isCut || !("payload" in fields)) return target.select(fields);
        isCut = true;
        throw new Error("the connection was cut");
      };
    },
  });
}

const hears = (heard: readonly string[], expected: string[]) =>
  vi.waitFor(() => expect(heard).toEqual(expected), { timeout: 10_000 });

test("a row that commits late under an earlier id is delivered all the same, and nothing twice", async () => {
  const [slow, quick] = [await world.user(), await world.user()];
  const [one, two] = [follow(slow.userId), follow(quick.userId)];
  const writer = await slowWriter(slow.userId, "late");
  await append(quick.userId, "early");
  world.deps.bus.nudge("outbox");
  await hears(two.heard, ["early"]);
  expect(one.heard).toEqual([]);
  await writer.commit();
  world.deps.bus.nudge("outbox");
  await hears(one.heard, ["late"]);
  world.deps.bus.nudge("outbox");
  await append(quick.userId, "last");
  world.deps.bus.nudge("outbox");
  await hears(two.heard, ["early", "last"]);
  expect(one.heard).toEqual(["late"]);
});

test("an id that never commits is given up after 10 s, and holds nobody up", async () => {
  const actor = await world.user();
  const { heard } = follow(actor.userId);
  const failed = world.deps.db.transaction(async (tx) => {
    await appendEvent(tx, { userId: actor.userId, type: "undone", payload: {} });
    throw new Error("rolled back");
  });
  await expect(failed).rejects.toThrow("rolled back");
  await append(actor.userId, "first");
  world.deps.bus.nudge("outbox");
  await hears(heard, ["first"]);
  world.clock.advance(10_001);
  await append(actor.userId, "second");
  world.deps.bus.nudge("outbox");
  await hears(heard, ["first", "second"]);
});

test("a lost nudge costs a second, not a row", async () => {
  const actor = await world.user();
  const { heard } = follow(actor.userId);
  await append(actor.userId, "quiet");
  await hears(heard, ["quiet"]);
});

test("a database that is cut while rows are handed out costs a pass, not a row", async () => {
  const actor = await world.user();
  const { deps } = world;
  const tail = startTail({ ...deps, db: cutOnce(deps.db) });
  const heard: string[] = [];
  tail.follow({ userId: actor.userId, sent: 0, deliver: (row) => void heard.push(row.type) });
  await append(actor.userId, "one");
  deps.bus.nudge("outbox");
  await hears(heard, ["one"]);
  await tail.stop();
});

test("followers of one user each get what they have not got, in order, until they stop", async () => {
  const actor = await world.user();
  const first = await append(actor.userId, "a");
  const [all, rest, gone] = [follow(actor.userId), follow(actor.userId, first), follow(actor.userId)];
  gone.stop();
  await append(actor.userId, "b");
  await append(actor.userId, "c");
  world.deps.bus.nudge("outbox");
  await hears(all.heard, ["a", "b", "c"]);
  await hears(rest.heard, ["b", "c"]);
  expect(gone.heard).toEqual([]);
});

test("a thousand rows of many users arrive whole, each at its own user", async () => {
  const people = await Promise.all(Array.from({ length: 5 }, () => world.user()));
  const following = people.map(({ userId }) => follow(userId));
  await Promise.all(
    Array.from({ length: 1_000 }, (_, index) => append(people[index % 5]?.userId ?? "", String(index))),
  );
  world.deps.bus.nudge("outbox");
  for (const [index, { heard }] of following.entries()) {
    await vi.waitFor(() => expect(heard).toHaveLength(200), { timeout: 15_000 });
    expect(heard.every((type) => Number(type) % 5 === index)).toBe(true);
  }
});

test("ids that were passed over on purpose, as after a restore, hold nobody up and cost no memory", async () => {
  const { userId } = await world.user();
  const { heard } = follow(userId);
  await append(userId, "before");
  world.deps.bus.nudge("outbox");
  await hears(heard, ["before"]);
  await world.deps.db.execute(sql`select setval('outbox_id_seq', nextval('outbox_id_seq') + 100000000)`);
  await append(userId, "after");
  world.deps.bus.nudge("outbox");
  await hears(heard, ["before", "after"]);
});
