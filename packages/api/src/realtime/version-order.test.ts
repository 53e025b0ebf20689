import { outbox } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor } from "../deps.ts";

let world: TestWorld;
let admin: Actor;
beforeAll(async () => {
  world = await openWorld();
  admin = await world.user("admin");
});
afterAll(() => world.close());

const grant = (userId: string, key: string, amount = 1) =>
  world.as(admin).user.grantXp({ userId, amount, reason: "thanks", idempotencyKey: `${userId}:${key}` });

/** Someone who has just paid, and whom the next sync will tell so. */
async function payer() {
  const { actor, customerId } = await world.buyer();
  world.at.invoice(world.at.subscribe(customerId));
  return { userId: actor.userId, customerId };
}

/** What a user was told, in the order of the ids. */
async function told(userId: string) {
  const rows = await world.deps.db.select().from(outbox).where(eq(outbox.userId, userId)).orderBy(outbox.id);
  return rows.map((row) => ({ id: row.id, ...(row.payload as { xp: number; xp_awarded?: number }) }));
}

/** How many outbox ids were drawn so far, committed or not. */
async function drawn(): Promise<number> {
  const [row] = await world.database.sql`select last_value, is_called from outbox_id_seq`;
  return row?.["is_called"] === true ? Number(row["last_value"]) : 0;
}

/** Holds a user's row lock, as another settlement of that user would, until released. */
async function lockUser(userId: string) {
  const locked = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const done = world.database.sql.begin(async (sql) => {
    await sql`select id from users where id = ${userId} for update`;
    locked.resolve();
    await release.promise;
  });
  await locked.promise;
  return async () => {
    release.resolve();
    await done;
  };
}

/** Resolves when as many of this database's transactions wait for a lock. */
const waiting = (expected: number) =>
  vi.waitFor(
    async () => {
      const [row] = await world.database.sql`select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      expect(row?.["n"]).toBe(expected);
    },
    { timeout: 4000, interval: 10 },
  );

describe("whoever has to tell a user something draws no outbox id before the user's row is theirs", () => {
  test.each([
    { what: "a sync", settle: syncOf },
    { what: "a grant of XP", settle: (user: { userId: string }) => grant(user.userId, "held") },
  ])("$what", async ({ settle }) => {
    const user = await payer();
    const before = await drawn();
    const release = await lockUser(user.userId);
    const settling = settle(user);
    try {
      await waiting(1);
      expect(await drawn()).toBe(before);
    } finally {
      await release();
      await settling;
    }
    expect(await drawn()).toBe(before + 1);
    expect((await told(user.userId)).map((row) => row.id)).toEqual([before + 1]);
  });
});

function syncOf({ customerId }: { customerId: string }) {
  return syncCustomer(world.deps, customerId);
}

test("settlements of one user that wait for each other each add to what the one before left, in the order of their versions", async () => {
  const user = await payer();
  const release = await lockUser(user.userId);
  const settling: Promise<unknown>[] = [];
  try {
    settling.push(grant(user.userId, "first", 10));
    await waiting(1);
    settling.push(syncOf(user));
    await waiting(2);
    settling.push(grant(user.userId, "last", 1));
    await waiting(3);
  } finally {
    await release();
  }
  await Promise.all(settling);
  const events = await told(user.userId);
  // Whom Postgres lets in next is its own choice: whoever waits behind the first one races once the row has changed.
  const steps = events.map((event, at) => event.xp - (events[at - 1]?.xp ?? 0));
  expect(steps.toSorted((a, b) => a - b)).toEqual([1, 10, 250]);
  expect(events.find((event) => event.xp_awarded === 250)).toBe(events[steps.indexOf(250)]);
  expect(await world.row(user.userId)).toMatchObject({ xp: 261, version: events.at(-1)?.id });
});

test("in a crowd of settlements of one user a later version never knows less", async () => {
  const user = await payer();
  await Promise.all([
    ...Array.from({ length: 12 }, (_, at) => grant(user.userId, `${at}`)),
    ...Array.from({ length: 4 }, () => syncOf(user)),
  ]);
  const events = await told(user.userId);
  expect(events).toHaveLength(13);
  expect(events.map((event) => event.xp)).toEqual(events.map((event) => event.xp).toSorted((a, b) => a - b));
  expect(events.filter((event) => event.xp_awarded === 250)).toHaveLength(1);
  expect(await world.row(user.userId)).toMatchObject({ xp: 262, version: events.at(-1)?.id });
});
