import { afterAll, expect, test } from "vitest";
import { createDb } from "./client.ts";
import { readMigrations } from "./read-migrations.ts";
import { createTestDatabase } from "./testing.ts";

const { url, close } = await createTestDatabase();
const { db, sql, close: closePool } = createDb(url, { max: 1 });
afterAll(async () => {
  await closePool();
  await close();
});

test("a migrated database has what is expected", async () => {
  const { ok, applied, expected } = await readMigrations(db);
  expect(ok).toBe(true);
  expect(applied).toBe(expected);
});

test("what a newer version added does no harm, and what is missing is seen", async () => {
  const before = await readMigrations(db);
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9999999999999)`;
  expect(await readMigrations(db)).toEqual({ ...before, applied: before.applied + 1 });
  await sql`delete from drizzle.__drizzle_migrations where hash = 'newer'`;
  await sql`delete from drizzle.__drizzle_migrations
    where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`;
  expect(await readMigrations(db)).toEqual({ ...before, ok: false, applied: before.applied - 1 });
});
