import { outbox, trail } from "@liveassist/db/schema";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor } from "../deps.ts";
import { acknowledgeUpdate } from "./acknowledge-update.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const refused = expect.objectContaining({ code: "INVALID_INPUT" });
const acknowledge = (actor: Actor, version: number, socketId: string | null = "ws_1") =>
  acknowledgeUpdate(world.deps, actor, { version, socketId });
const notes = async ({ userId }: Actor) =>
  (
    await world.deps.db
      .select()
      .from(trail)
      .where(and(eq(trail.userId, userId), eq(trail.kind, "ack")))
  ).map((row) => [row.detail["socketId"], row.detail["version"]]);

/** Somebody who was told two versions. */
async function told() {
  const { actor, customerId } = await world.buyer();
  const subscription = world.at.subscribe(customerId);
  await syncCustomer(world.deps, customerId);
  const first = (await world.row(actor.userId)).version;
  subscription.cancelAt = subscription.periodEnd;
  await syncCustomer(world.deps, customerId);
  return { actor, first, second: (await world.row(actor.userId)).version };
}

test("each socket is noted once for each version, however often it says so", async () => {
  const { actor, first, second } = await told();
  for (const version of [first, first, second, second, first]) await acknowledge(actor, version);
  await Promise.all([1, 2, 3].map(() => acknowledge(actor, second, "ws_2")));
  await acknowledge(actor, second, null);
  await vi.waitFor(async () =>
    expect(await notes(actor)).toEqual([
      ["ws_1", first],
      ["ws_1", second],
      ["ws_2", second],
      [null, second],
    ]),
  );
  const counted = world.counts.filter((one) => one.name === "liveassist_acknowledgements_total");
  expect(counted).toHaveLength(4);
});

test("a version that was never the caller's is refused, also one below theirs", async () => {
  const { actor, second } = await told();
  const other = await told();
  for (const version of [second + 1, other.first, other.second, 1_000_000_000, 0])
    await expect(acknowledge(actor, version, "ws_3")).rejects.toThrow(refused);
  expect(await notes(actor)).toEqual([]);
});

test("the version of a page whose news were pruned is known by the user's row", async () => {
  const { actor, second } = await told();
  await world.deps.db.delete(outbox).where(eq(outbox.userId, actor.userId));
  expect(await acknowledge(actor, second)).toEqual({ noted: true });
});

test("nobody acknowledges who is not signed in", async () => {
  await expect(world.as(null).subscription.acknowledge({ version: 1 })).rejects.toThrow();
});
