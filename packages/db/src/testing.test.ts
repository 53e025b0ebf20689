import postgres from "postgres";
import { expect, inject, test } from "vitest";
import { createTestDatabase } from "./testing.ts";

test("databases made at the same time are apart from each other, migrated and empty", async () => {
  const databases = await Promise.all(Array.from({ length: 4 }, () => createTestDatabase({ max: 1 })));
  expect(new Set(databases.map((it) => it.url)).size).toBe(4);
  for (const { sql } of databases)
    expect(await sql`select count(*)::int as n from users`).toEqual([{ n: 0 }]);
  await Promise.all(databases.map((it) => it.close()));
  const admin = postgres(inject("testCluster").adminUrl, { max: 1 });
  const names = databases.map((it) => new URL(it.url).pathname.slice(1));
  expect(await admin`select datname from pg_database where datname in ${admin(names)}`).toEqual([]);
  await admin.end();
});
