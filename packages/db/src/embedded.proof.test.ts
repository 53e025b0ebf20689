import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { expect, test } from "vitest";
import { ask, STARTER, startInOwnProcess } from "../test/started-cluster.ts";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { startEmbeddedPostgres } from "./embedded.ts";

async function killedAfter(ms: number, dataDir: string): Promise<void> {
  const child = spawn(process.execPath, [STARTER, dataDir], { stdio: "ignore" });
  await pause(ms);
  child.kill("SIGKILL");
  await once(child, "exit");
}

test("whenever the very first start is killed, the next one works", async () => {
  for (let ms = 80; ms <= 1500; ms += 90) {
    const dataDir = join(temporaryFolder(), "pg");
    await killedAfter(ms, dataDir);
    const server = await startEmbeddedPostgres({ dataDir, durable: false });
    const sql = postgres(server.url, { max: 1 });
    expect(await sql`select current_database() as name`).toEqual([{ name: "liveassist" }]);
    await sql.end();
    await server.stop();
  }
}, 300_000);

test("what was committed is there after Postgres was killed in the middle of writing, ten times over", async () => {
  const dataDir = join(temporaryFolder(), "pg");
  let committed = 0;
  for (let round = 0; round < 10; round += 1) {
    const server = await startEmbeddedPostgres({ dataDir });
    const sql = postgres(server.url, { max: 1, onnotice: () => {} });
    await sql`create table if not exists written (n int primary key)`;
    const [row] = await sql`select count(*)::int as n from written`;
    expect(row?.["n"]).toBeGreaterThanOrEqual(committed);
    committed = Number(row?.["n"]);
    const killed = pause(30 + round * 10).then(() => process.kill(server.pid, "SIGKILL"));
    try {
      for (;;) {
        await sql`insert into written values (${committed})`;
        committed += 1;
      }
    } catch {
      await killed;
      await sql.end({ timeout: 0 });
      await server.exited;
    }
  }
  expect(committed).toBeGreaterThan(10);
}, 120_000);

test("makes a half-made cluster anew", async () => {
  const dataDir = join(temporaryFolder(), "pg");
  await mkdir(join(dataDir, "unfinished-killed", "cluster", "base"), { recursive: true });
  writeFileSync(join(dataDir, "unfinished-killed", "cluster", "PG_VERSION"), "18\n");
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  expect(await ask(server.url, "select 1")).toBe("1");
  expect(statSync(join(dataDir, "unfinished-killed"), { throwIfNoEntry: false })).toBeUndefined();
});

test.runIf(process.getuid?.() === 0)("as root, works in a folder that only root can enter", async () => {
  const folder = temporaryFolder(0o700);
  const server = await startEmbeddedPostgres({ dataDir: join(folder, "pg"), durable: false });
  expect(await ask(server.url, "select 1")).toBe("1");
  expect(statSync(join(folder, "pg", "cluster")).uid).not.toBe(0);
});

test.runIf(process.getuid?.() === 0)(
  "works as an ordinary user, whose cluster root can use later",
  async () => {
    const [uid, gid] = [1, 1];
    const folder = temporaryFolder(0o777);
    const dataDir = join(folder, "pg");
    const { child, url, pid } = await startInOwnProcess(dataDir, { uid, gid });
    expect(await ask(url, "select 1")).toBe("1");
    child.kill("SIGKILL");
    process.kill(pid, "SIGINT");
    const asRoot = await startEmbeddedPostgres({ dataDir, durable: false });
    expect(await ask(asRoot.url, "select 1")).toBe("1");
    expect(statSync(join(dataDir, "cluster")).uid).toBe(uid);
  },
);
