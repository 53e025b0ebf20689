import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { createDb, type Database } from "./client.ts";
import { startEmbeddedPostgres } from "./embedded.ts";
import { migrate } from "./migrate.ts";
import { ownIdentity } from "./process-identity.ts";
import { removeLeftovers, removeTestCluster, TEST_CLUSTER_PREFIX } from "./testing-leftovers.ts";

/** How to reach a test cluster; plain data, so that it can be handed to workers. */
export type TestClusterAddress = { adminUrl: string; template: string };
/** A cluster for one run: where its files are, and the way to end it and remove them. */
export type TestCluster = TestClusterAddress & { folder: string; stop(): Promise<void> };
/** A fresh, migrated database. `close` ends the pool and drops the database. */
export type TestDatabase = Database & { url: string };

const TEMPLATE = "template_liveassist";
const SERIALISE = 7_303_014_560;

/**
 * Starts a cluster in a temporary folder with a migrated template in it. It goes with the process that started it,
 * however that ends, and its folder too. `durable: true` (bench, claims about power cuts) turns fsync on; default off.
 */
export async function startTestCluster(options: { durable?: boolean } = {}): Promise<TestCluster> {
  await removeLeftovers();
  const folder = await mkdtemp(join(tmpdir(), TEST_CLUSTER_PREFIX));
  // As root another uid runs Postgres and must be able to pass through.
  await chmod(folder, 0o711);
  await writeFile(join(folder, "owner.json"), JSON.stringify(ownIdentity()));
  const release = watchOverMe(folder);

  const server = await startEmbeddedPostgres({
    dataDir: join(folder, "pg"),
    durable: options.durable ?? false,
    database: TEMPLATE,
  });
  await migrate(server.url);
  const adminUrl = server.url.replace(`/${TEMPLATE}`, "/postgres");
  // Closed to everybody, autovacuum included: a database somebody is connected to cannot be copied.
  await asAdmin(adminUrl, (sql) =>
    sql.unsafe(`alter database ${TEMPLATE} with is_template true allow_connections false`),
  );
  const stop = async () => {
    await removeTestCluster(folder);
    release();
  };
  return { adminUrl, template: TEMPLATE, folder, stop };
}

/** Copies the template into a database of a random name, in about 40 ms. `max` (default 5) as in createDb. */
export async function createDatabaseIn(
  cluster: TestClusterAddress,
  options: { max?: number; applicationName?: string } = {},
): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString("hex")}`;
  await asAdmin(cluster.adminUrl, async (sql) => {
    await sql`select pg_advisory_lock(${SERIALISE})`;
    await sql.unsafe(`create database ${name} template ${cluster.template}`);
  });
  const url = cluster.adminUrl.replace(/\/postgres$/, `/${name}`);
  const opened = createDb(url, { max: 5, ...options });
  const close = async () => {
    await opened.close();
    await asAdmin(cluster.adminUrl, (sql) => sql.unsafe(`drop database if exists ${name} with (force)`));
  };
  return { ...opened, url, close };
}

async function asAdmin(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

// The reaper's input ends when we do, even by SIGKILL; then it removes what we leave.
function watchOverMe(folder: string): () => void {
  const reaper = spawn(
    process.execPath,
    [fileURLToPath(new URL("./test-cluster-reaper.ts", import.meta.url)), folder],
    {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    },
  );
  reaper.unref();
  const input = reaper.stdin;
  if (input && "unref" in input && typeof input.unref === "function") input.unref();
  return () => input?.destroy();
}
