import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { expect, inject, test, vi } from "vitest";
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

test("a cluster whose run is killed vanishes with its folder", async () => {
  const module = fileURLToPath(new URL("./test-cluster.ts", import.meta.url));
  const script = `import { startTestCluster } from ${JSON.stringify(module)};
    const { folder } = await startTestCluster();
    process.stdout.write(folder); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  const folder = chunk.toString();
  expect(existsSync(folder)).toBe(true);
  child.kill("SIGKILL");
  await vi.waitFor(() => expect(existsSync(folder)).toBe(false), 5000);
});
