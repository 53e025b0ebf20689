import { sql as expression } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { createTestDatabase } from "./testing.ts";

const { db, sql, close } = await createTestDatabase();
afterAll(close);

test("every session speaks UTC and ends a transaction after 5 s", async () => {
  const [row] =
    await sql`select current_setting('timezone') as zone, current_setting('transaction_timeout') as limit`;
  expect(row).toEqual({ zone: "UTC", limit: "5s" });
});

test("commits are durable in order, and queries through drizzle and the driver share one pool", async () => {
  await db.transaction(async (tx) => {
    expect(await tx.execute(expression`show synchronous_commit`)).toEqual([{ synchronous_commit: "on" }]);
  });
  expect(await db.query.users.findMany()).toEqual([]);
});
