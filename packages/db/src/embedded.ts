import { existsSync, readFileSync } from "node:fs";
import { access, constants, mkdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Binaries, findBinaries } from "./embedded/binaries.ts";
import { createCluster, readPassword, SUPERUSER } from "./embedded/create-cluster.ts";
import { ensureDatabase } from "./embedded/ensure-database.ts";
import { EmbeddedPostgresError } from "./embedded/error.ts";
import { launch } from "./embedded/launch.ts";
import { findRunning, isPostmasterOf, type Postmaster, stopPostmaster } from "./embedded/postmaster.ts";
import { chooseRunAs } from "./embedded/run-as.ts";

export { EmbeddedPostgresError } from "./embedded/error.ts";
export { freePort } from "./embedded/free-port.ts";

/** Options of startEmbeddedPostgres. */
export type EmbeddedOptions = {
  /** Folder of the cluster, its password and its log; made when missing. */
  dataDir: string;
  /** Told in a few words what takes its time. */
  log?: (line: string) => void;
  /** Database to make sure of; default "liveassist". */
  database?: string;
  /** Default true. False gives up what survives a power cut, for tests only. */
  durable?: boolean;
};

/** A running Postgres. `adopted` tells that it ran already; `exited` settles when it ends, wanted or not. */
export type EmbeddedPostgres = {
  url: string;
  port: number;
  pid: number;
  adopted: boolean;
  exited: Promise<void>;
  stop(): Promise<void>;
  /** Makes Postgres drop everything at once; the next start recovers. For a `stop` that must not take its time. */
  abandon(): void;
};

/**
 * Starts a real Postgres on a free loopback port with its data in `dataDir`, or adopts the one that still runs there.
 * Recovers from a kill of node, of Postgres or of initdb. Ends in EmbeddedPostgresError, one line that says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => {});
  const durable = options.durable ?? true;
  const binaries = findBinaries();
  const folder = await ensureFolder(options.dataDir);
  const cluster = join(folder, "cluster");
  const who = await chooseRunAs(binaries.postgres, folder, cluster);
  if (!existsSync(cluster)) log("Creating the database (first start only)");
  await createCluster({ folder, initdb: binaries.initdb, who, durable });
  refuseOtherVersion(cluster, binaries);

  const password = await readPassword(folder);
  const database = options.database ?? "liveassist";
  const enter = (server: Postmaster) => ensureDatabase(urlOf(server, password, "postgres"), database);
  const found = await adopt(cluster, enter);
  if (found) log("Found the database still running, using it");
  const logFile = join(folder, "postgres.log");
  const settings = serverSettings(durable);
  const server = found ?? (await launch({ postgres: binaries.postgres, cluster, who, logFile, settings }));
  if (!found) await enter(server);
  return {
    url: urlOf(server, password, database),
    port: server.port,
    pid: server.pid,
    adopted: found !== null,
    exited: exitOf(cluster, server.pid),
    stop: () => stopPostmaster(cluster, server.pid, binaries.pgCtl),
    abandon: () => {
      if (isPostmasterOf(cluster, server.pid)) process.kill(server.pid, "SIGQUIT");
    },
  };
}

/** The address of a database in the Postgres that runs on `dataDir` now, or null when none runs. Starts nothing. */
export async function findRunningPostgres(dataDir: string, database = "liveassist"): Promise<string | null> {
  const folder = await realpath(dataDir).catch(() => null);
  const found = folder && (await findRunning(join(folder, "cluster")));
  return folder && found ? urlOf(found, await readPassword(folder), database) : null;
}

async function ensureFolder(dataDir: string): Promise<string> {
  try {
    // As root another uid runs Postgres and must be able to pass through.
    await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return await realpath(dataDir);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `Cannot use the data folder ${dataDir} (${(error as NodeJS.ErrnoException).code}). ` +
        "Delete it, hand it to this user, or choose another with DATA_DIR.",
    );
  }
}

function refuseOtherVersion(cluster: string, binaries: Binaries): void {
  const written = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  const share = readFileSync(join(binaries.postgres, "../../share/postgresql/postgres.bki"), "utf8");
  const ours = /^# PostgreSQL (\d+)/.exec(share)?.[1] ?? written;
  if (written === ours) return;
  throw new EmbeddedPostgresError(
    `${cluster} was written by Postgres ${written}, and this is Postgres ${ours}. Move the folder away to begin afresh.`,
  );
}

function serverSettings(durable: boolean): Record<string, string> {
  const onOff = durable ? "on" : "off";
  return {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    timezone: "UTC",
    log_timezone: "UTC",
    synchronous_commit: "on",
    fsync: onOff,
    full_page_writes: onOff,
  };
}

function urlOf(server: Postmaster, password: string, database: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${server.port}/${database}`;
}

async function adopt(
  cluster: string,
  enter: (server: Postmaster) => Promise<void>,
): Promise<Postmaster | null> {
  const found = await findRunning(cluster);
  if (!found) return null;
  try {
    await enter(found);
    return found;
  } catch (error) {
    // Killed a moment ago, it may still look alive; then it is not the one to use, and is gone in no time.
    const gone = await Promise.race([exitOf(cluster, found.pid).then(() => true), pause(3000, false)]);
    if (gone) return null;
    throw error;
  }
}

// An adopted Postgres is no child of ours, so it is looked at rather than waited for.
function exitOf(cluster: string, pid: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isPostmasterOf(cluster, pid)) return;
      clearInterval(timer);
      resolve();
    }, 500);
    timer.unref();
  });
}
