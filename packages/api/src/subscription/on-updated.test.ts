import { trail } from "@liveassist/db/schema";
import { isTrackedEnvelope } from "@trpc/server";
import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor, Deps } from "../deps.ts";
import { onUpdated } from "./on-updated.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** A connection: each `next` waits for the next event and answers its tracked id and its data. */
function connect(actor: Actor, cursor?: string | number | null, deps: Deps = world.deps) {
  const ended = new AbortController();
  const stream = onUpdated(deps, actor, { cursor, signal: ended.signal, socketId: "socket_1" });
  return {
    async next() {
      const { value, done } = await stream.next();
      if (done || !isTrackedEnvelope(value)) return null;
      const [id, data] = value;
      return { id: Number(id), ...data };
    },
    close: () => ended.abort(),
  };
}

/** A user whose state has changed three times: paid, cancel scheduled, ended. Answers the versions. */
async function storied() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  const versions: number[] = [];
  const settle = async (): Promise<void> => {
    await syncCustomer(world.deps, customerId);
    versions.push((await world.row(actor.userId)).version);
  };
  await settle();
  subscription.cancelAt = subscription.periodEnd;
  await settle();
  world.at.end(subscription);
  await settle();
  /** One more change; answers its version. */
  const change = async (): Promise<number> => {
    subscription.status = subscription.status === "canceled" ? "unpaid" : "canceled";
    await settle();
    return versions.at(-1) ?? 0;
  };
  return { actor, versions, change };
}

describe("a connection", () => {
  test("gets everything after its cursor once, in order, and then what happens", async () => {
    const { actor, versions, change } = await storied();
    const tab = connect(actor, versions[0]);
    expect(await tab.next()).toMatchObject({
      id: versions[1],
      version: versions[1],
      subscription_status: "paid",
    });
    expect(await tab.next()).toMatchObject({ id: versions[2], subscription_status: "free" });
    const waiting = tab.next();
    const latest = await change();
    expect(await waiting).toMatchObject({ id: latest, stripe_status: "unpaid", userId: actor.userId });
    tab.close();
    expect(await tab.next()).toBeNull();
  });
  test("that asks for the same again and again is told each time, and its trail is no longer for it", async () => {
    const { actor, versions, change } = await storied();
    for (let turn = 0; turn < 3; turn++) {
      const tab = connect(actor, 0);
      for (const version of versions) expect(await tab.next()).toMatchObject({ id: version });
      tab.close();
      expect(await tab.next()).toBeNull();
    }
    const tab = connect(actor, versions.at(-1));
    const waiting = tab.next();
    const latest = await change();
    expect(await waiting).toMatchObject({ id: latest });
    tab.close();
    const isTheirs = and(eq(trail.userId, actor.userId), eq(trail.kind, "push"));
    await vi.waitFor(async () => {
      const rows = await world.deps.db.select().from(trail).where(isTheirs).orderBy(asc(trail.id));
      expect(rows.map(({ detail }) => detail["version"])).toEqual([...new Set(versions)]);
    });
  });
  test("with the cursor of `me` of a newcomer gets everything from the beginning", async () => {
    const { actor, versions } = await storied();
    const tab = connect(actor, 0);
    const heard = [await tab.next(), await tab.next(), await tab.next()];
    expect(heard.map((one) => one?.id)).toEqual(versions);
    tab.close();
  });
  test.each([[undefined], [null], [""]])(
    "without a cursor (%j) hears nothing until the next change",
    async (cursor) => {
      const { actor, versions, change } = await storied();
      const tab = connect(actor, cursor);
      const heard: number[] = [];
      const first = tab.next().then((event) => heard.push(event?.id ?? 0));
      // "From now on" begins when the procedure has read where it stands: only a change after that is heard.
      await vi.waitFor(async () => {
        await change();
        expect(heard).toHaveLength(1);
      });
      await first;
      expect(heard[0]).toBeGreaterThan(versions[2] ?? 0);
      tab.close();
    },
  );
  test("with its newest version as cursor is not told it again", async () => {
    const { actor, versions, change } = await storied();
    const tab = connect(actor, String(versions[2]));
    const waiting = tab.next();
    const latest = await change();
    expect((await waiting)?.id).toBe(latest);
    tab.close();
  });
  test.each(["999999999", "-1", "1.5", "text", "1e400"])(
    "with an unknown cursor (%s) gets one event with the current state, then what happens",
    async (cursor) => {
      const { actor, versions, change } = await storied();
      const tab = connect(actor, cursor);
      expect(await tab.next()).toMatchObject({ id: versions[2], stripe_status: "canceled" });
      const waiting = tab.next();
      const latest = await change();
      expect((await waiting)?.id).toBe(latest);
      tab.close();
    },
  );
  test("with someone else's version as cursor gets only its own current state", async () => {
    const theirs = await storied();
    const own = await storied();
    const tab = connect(own.actor, theirs.versions[1]);
    expect(await tab.next()).toMatchObject({ id: own.versions[2], userId: own.actor.userId });
    tab.close();
  });
  test("whose cursor has expired gets one event with the current state", async () => {
    const { actor, versions } = await storied();
    const [first = 0, second = 0] = versions;
    await world.database.sql`delete from outbox where id in ${world.database.sql([first, second])}`;
    const tab = connect(actor, first);
    expect(await tab.next()).toMatchObject({ id: versions[2], stripe_status: "canceled" });
    tab.close();
  });
  test("is told nothing twice, even when what was replayed is delivered once more", async () => {
    const { actor, versions, change } = await storied();
    // As if all of it had been committed between reading the version and listening.
    const follow: Deps["tail"]["follow"] = (one) => world.deps.tail.follow(Object.assign(one, { sent: 0 }));
    const deps = { ...world.deps, tail: { ...world.deps.tail, follow } };
    const tab = connect(actor, versions[0], deps);
    expect([(await tab.next())?.id, (await tab.next())?.id]).toEqual(versions.slice(1));
    const waiting = tab.next();
    const latest = await change();
    expect((await waiting)?.id).toBe(latest);
    tab.close();
  });
  test("never loses a change that commits while it is being opened", async () => {
    for (let turn = 0; turn < 5; turn++) {
      const { actor, versions, change } = await storied();
      const tab = connect(actor, versions[2]);
      const [heard, latest] = await Promise.all([tab.next(), change()]);
      expect(heard?.id).toBe(latest);
      tab.close();
    }
  });
});

test("two connections of one user hear the same, and another user hears nothing of it", async () => {
  const { actor, versions, change } = await storied();
  const other = await storied();
  const [one, two, foreign] = [
    connect(actor, versions[2]),
    connect(actor, versions[2]),
    connect(other.actor, other.versions[2]),
  ];
  const waiting = Promise.all([one.next(), two.next()]);
  const foreignWaiting = foreign.next();
  const latest = await change();
  expect((await waiting).map((heard) => heard?.id)).toEqual([latest, latest]);
  const theirLatest = await other.change();
  expect(await foreignWaiting).toMatchObject({ id: theirLatest, userId: other.actor.userId });
  for (const tab of [one, two, foreign]) tab.close();
});

test("the log says which socket heard which version", async () => {
  const { actor, versions } = await storied();
  const tab = connect(actor, versions[1]);
  await tab.next();
  expect(world.logs.findLast((line) => line.message === "pushed")).toMatchObject({
    userId: actor.userId,
    socketId: "socket_1",
    version: versions[2],
  });
  tab.close();
});
