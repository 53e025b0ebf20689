import { mails, withdrawals } from "@liveassist/db/schema";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { forgetWithdrawals } from "./forget-withdrawals.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const yearsAgo = (years: number): Date => {
  const at = new Date(world.clock.wall());
  at.setUTCFullYear(at.getUTCFullYear() - years);
  return new Date(at.getTime() - 1);
};

/** A withdrawal made so long ago, with its mail. */
async function withdrawn(id: number, { years, isDone = true }: { years: number; isDone?: boolean }) {
  const { userId } = await world.user();
  const createdAt = yearsAgo(years);
  const ends = { completedAt: isDone ? createdAt : null };
  const uuid = `00000000-0000-4000-9000-00000000000${id}`;
  const about = { id: uuid, userId, createdAt, nextAttemptAt: createdAt };
  await world.deps.db.insert(withdrawals).values({
    ...about,
    ...ends,
    subscriptionId: `sub_${id}`,
    name: "Kim Lind",
    email: "kim@example.com",
    receivedAt: createdAt,
  });
  await world.deps.db.insert(mails).values({
    ...about,
    key: `withdrawal:${id}`,
    to: "kim@example.com",
    subject: "Received",
    text: "Kim Lind withdrew",
    sentAt: isDone ? createdAt : null,
  });
}

test("names leave the withdrawals after eight years; what is younger or unfinished keeps them", async () => {
  await withdrawn(1, { years: 8 });
  await withdrawn(2, { years: 7 });
  await withdrawn(3, { years: 8, isDone: false });
  expect(await forgetWithdrawals(world.deps)).toBe(2);
  const rows = await world.deps.db.select().from(withdrawals).orderBy(withdrawals.id);
  expect(rows.map(({ name, email }) => [name, email])).toEqual([
    ["", ""],
    ["Kim Lind", "kim@example.com"],
    ["Kim Lind", "kim@example.com"],
  ]);
  const kept = await world.deps.db.select({ key: mails.key }).from(mails).orderBy(mails.key);
  expect(kept).toEqual([{ key: "withdrawal:2" }, { key: "withdrawal:3" }]);
  expect(await forgetWithdrawals(world.deps)).toBe(0);
});
