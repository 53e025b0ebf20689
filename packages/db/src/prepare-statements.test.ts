import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anyOf, noneOf } from "./any-of.ts";
import { appState } from "./schema/index.ts";
import { createTestDatabase, type TestDatabase } from "./testing.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ max: 1 });
});
afterAll(() => database.close());

const timesPrepared = async (text: string): Promise<number> => {
  const rows = await database.db.execute<{ n: number }>(
    sql`select count(*)::int as n from pg_prepared_statements where statement like ${`%${text}%`}`,
  );
  return rows[0]?.n ?? 0;
};

test("a query that drizzle builds is prepared once and used again", async () => {
  const read = () => database.db.select().from(appState).where(eq(appState.key, "once"));
  await read();
  await read();
  expect(await timesPrepared('from "app_state" where "app_state"."key" = $1')).toBe(1);
});

test("so is one inside a transaction, and inside a transaction in it", async () => {
  await database.db.transaction(async (tx) => {
    await tx.update(appState).set({ value: "outer" }).where(eq(appState.key, "a"));
    await tx.transaction((inner) => inner.delete(appState).where(eq(appState.key, "b")));
  });
  expect(await timesPrepared('update "app_state" set "value"')).toBe(1);
  expect(await timesPrepared('delete from "app_state"')).toBe(1);
});

test("lists of any length share one statement", async () => {
  const { db } = database;
  await db.insert(appState).values(["x", "y", "z"].map((key) => ({ key, value: key })));
  const among = (keys: string[]) =>
    db.select({ key: appState.key }).from(appState).where(anyOf(appState.key, keys));
  expect(await among(["x"])).toEqual([{ key: "x" }]);
  expect(await among(["x", "z"])).toHaveLength(2);
  expect(await among([])).toEqual([]);
  expect(
    await db
      .select()
      .from(appState)
      .where(noneOf(appState.key, ["x"])),
  ).toHaveLength(2);
  expect(await db.select().from(appState).where(noneOf(appState.key, []))).toHaveLength(3);
  expect(await timesPrepared('"app_state"."key" = any($1)')).toBe(1);
});
