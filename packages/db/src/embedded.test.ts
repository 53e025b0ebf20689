import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, startInOwnProcess } from "../test/started-cluster.ts";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { isPostmasterOf } from "./embedded/postmaster.ts";
import { startEmbeddedPostgres } from "./embedded.ts";
import { isAlive } from "./process-identity.ts";

let made = "";
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "liveassist-db-"));
  chmodSync(made, 0o711);
  const server = await startEmbeddedPostgres({ dataDir: join(made, "pg"), durable: false });
  await server.stop();
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

/** A data folder with a cluster in it: copying is much quicker than initdb. */
function madeBefore(): string {
  const folder = temporaryFolder();
  spawnSync("cp", ["-a", join(made, "pg"), folder]);
  return join(folder, "pg");
}

test("keeps its data from one start to the next, durably, on loopback, behind a password", async () => {
  const dataDir = madeBefore();
  const first = await startEmbeddedPostgres({ dataDir });
  await ask(first.url, "create table kept (n int); insert into kept values (7)");
  expect(await ask(first.url, "show fsync")).toBe("on");
  expect(await ask(first.url, "show synchronous_commit")).toBe("on");
  expect(await ask(first.url, "show listen_addresses")).toBe("127.0.0.1");
  expect(await ask(first.url, "show server_encoding")).toBe("UTF8");
  expect(statSync(join(dataDir, "password")).mode & 0o777).toBe(0o600);
  const stranger = first.url.replace(/:[0-9a-f]{48}@/, ":guess@");
  await expect(ask(stranger, "select 1")).rejects.toThrow(/password authentication failed/);
  await first.stop();
  await first.exited;
  expect(isAlive(first.pid)).toBe(false);

  const second = await startEmbeddedPostgres({ dataDir });
  expect(second.adopted).toBe(false);
  expect(await ask(second.url, "select n from kept")).toBe("7");
});

test("adopts the Postgres that outlived a killed node, and can stop it", async () => {
  const dataDir = madeBefore();
  const { child, pid } = await startInOwnProcess(dataDir);
  child.kill("SIGKILL");
  await once(child, "exit");
  const adopted = await startEmbeddedPostgres({ dataDir, durable: false });
  expect(adopted).toMatchObject({ adopted: true, pid });
  expect(await ask(adopted.url, "select 1")).toBe("1");
  await adopted.stop();
  expect(isPostmasterOf(join(dataDir, "cluster"), pid)).toBe(false);
});

test("recovers what was committed after a kill of Postgres itself", async () => {
  const dataDir = madeBefore();
  const first = await startEmbeddedPostgres({ dataDir });
  await ask(first.url, "create table kept (n int); insert into kept values (7)");
  process.kill(first.pid, "SIGKILL");
  const second = await startEmbeddedPostgres({ dataDir });
  expect(second.adopted).toBe(false);
  expect(await ask(second.url, "select n from kept")).toBe("7");
});

test("passes over a pid file that names a stranger, as after a reboot", async () => {
  const dataDir = madeBefore();
  const first = await startEmbeddedPostgres({ dataDir, durable: false });
  const pidFile = join(dataDir, "cluster", "postmaster.pid");
  const written = readFileSync(pidFile, "utf8");
  await first.stop();
  const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  writeFileSync(pidFile, written.replace(String(first.pid), String(stranger.pid)));

  const second = await startEmbeddedPostgres({ dataDir, durable: false });
  expect(await ask(second.url, "select 1")).toBe("1");
  expect(isAlive(stranger.pid ?? 0)).toBe(true);
  stranger.kill();
});

test("says in one line that the data is of another Postgres", async () => {
  const dataDir = join(temporaryFolder(), "pg");
  await mkdir(join(dataDir, "cluster"), { recursive: true });
  writeFileSync(join(dataDir, "cluster", "PG_VERSION"), "12\n");
  await expect(startEmbeddedPostgres({ dataDir, durable: false })).rejects.toThrow(
    /written by Postgres 12.*Move the folder away/,
  );
});
