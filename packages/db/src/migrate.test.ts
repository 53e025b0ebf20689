import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import postgres from "postgres";
import { afterAll, expect, inject, test } from "vitest";
import { createDb, migrate } from "./index.ts";
import { createTestDatabase } from "./testing.ts";

const test_db = await createTestDatabase();
afterAll(() => test_db.close());

async function emptyDatabase(): Promise<{ url: string; drop(): Promise<unknown> }> {
  const { adminUrl } = inject("testCluster");
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  const name = `empty_${randomBytes(4).toString("hex")}`;
  await admin.unsafe(`create database ${name}`);
  const drop = async () => {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  };
  return { url: adminUrl.replace(/\/postgres$/, `/${name}`), drop };
}

test("servers that start together on an empty database migrate it once", async () => {
  const empty = await emptyDatabase();
  await Promise.all(Array.from({ length: 6 }, () => migrate(empty.url)));
  const { sql, close } = createDb(empty.url, { max: 1 });
  const journal =
    await sql`select hash, count(*)::int as times from drizzle.__drizzle_migrations group by hash`;
  expect(journal.length).toBeGreaterThan(0);
  expect(journal.every((row) => row["times"] === 1)).toBe(true);
  expect(await sql`select count(*)::int as n from users`).toEqual([{ n: 0 }]);
  await close();
  await empty.drop();
});

test("a second run changes nothing and leaves rows alone", async () => {
  const count = () => test_db.sql`select count(*)::int as n from drizzle.__drizzle_migrations`;
  const before = await count();
  await migrate(test_db.url);
  expect(await count()).toEqual(before);
});

// Drizzle runs what is newer than the newest it has run: an entry with an older date would never run.
test("the migrations are dated in their order", () => {
  const journal = JSON.parse(
    readFileSync(new URL("../migrations/meta/_journal.json", import.meta.url), "utf8"),
  );
  const dates = (journal.entries as { when: number }[]).map((entry) => entry.when);
  expect(dates).toEqual(dates.toSorted((a, b) => a - b));
});

test("an unreachable database is named in one line, without its password", async () => {
  const attempt = migrate("postgres://someone:secret@127.0.0.1:9/shop");
  await expect(attempt).rejects.toThrow(
    "Cannot use the database 127.0.0.1:9/shop: nothing answers there; start it, or correct DATABASE_URL (ECONNREFUSED).",
  );
});

test("a wrong password, a missing database, a stranger and a malformed address are told apart", async () => {
  const { adminUrl } = inject("testCluster");
  await expect(migrate(adminUrl.replace(/:[0-9a-f]{48}@/, ":wrong@"))).rejects.toThrow(
    /refuses this user or password/,
  );
  await expect(migrate(adminUrl.replace(/postgres$/, "nowhere"))).rejects.toThrow(
    /there is no such database/,
  );
  await expect(migrate("localhost:5432")).rejects.toThrow(/no address of the form postgres:/);
  await expect(migrate("mysql://root@localhost/x")).rejects.toThrow(/no address of the form postgres:/);
  const stranger = createServer((socket) => socket.resume().end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
  const { port } = stranger.address() as { port: number };
  await expect(migrate(`postgres://a:b@127.0.0.1:${port}/x`)).rejects.toThrow(
    /is it Postgres that listens there/,
  );
  stranger.close();
});
