import { execFileSync } from "node:child_process";
import { appendFile, chmod, chown, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@liveassist/db/embedded";
import postgres from "postgres";

/** A Postgres that archives what it writes, as docs/operations/data-care.md wants it of a real one. */
export interface ArchivedCluster {
  readonly server: EmbeddedPostgres;
  readonly archive: string;
  /** Copies the running cluster with everything a restore needs, into a new folder. */
  baseBackup(folder: string): Promise<void>;
  /** Waits until everything written so far lies in the archive; answers the database's own time before that. */
  archivedUntil(): Promise<string>;
}

const withSql = async <T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
};

/** Copies with owners and rights, which Postgres insists on. */
const copy = (from: string, to: string): void => void execFileSync("cp", ["-a", from, to]);

/** Writes into a cluster as its owner: as root, that is another uid. */
async function writeInto(cluster: string, name: string, text: string): Promise<void> {
  const { uid, gid } = await stat(join(cluster, "PG_VERSION"));
  await writeFile(join(cluster, name), text);
  await chown(join(cluster, name), uid, gid);
}

/** Starts a cluster in a folder, with its archive beside it. */
export async function startArchivedCluster(folder: string): Promise<ArchivedCluster> {
  const [dataDir, archive] = [join(folder, "pg"), join(folder, "archive")];
  await mkdir(archive);
  // As root another uid runs Postgres, and writes here.
  await chmod(archive, 0o777);
  const first = await startEmbeddedPostgres({ dataDir });
  await withSql(first.url, async (sql) => {
    await sql.unsafe("alter system set archive_mode = on");
    await sql.unsafe(
      `alter system set archive_command = 'test ! -f "${archive}/%f" && cp "%p" "${archive}/%f"'`,
    );
  });
  await first.stop();
  const server = await startEmbeddedPostgres({ dataDir });
  return {
    server,
    archive,
    baseBackup: (to) =>
      withSql(server.url, async (sql) => {
        await mkdir(to, { mode: 0o711 });
        await sql`select pg_backup_start('nightly', true)`;
        copy(join(dataDir, "cluster"), join(to, "cluster"));
        const [stopped] = await sql`select labelfile, spcmapfile from pg_backup_stop(true)`;
        await writeInto(join(to, "cluster"), "backup_label", String(stopped?.["labelfile"]));
        await rm(join(to, "cluster", "postmaster.pid"), { force: true });
        // What was being written while it was copied comes from the archive.
        const wal = join(to, "cluster", "pg_wal");
        for (const name of await readdir(wal)) {
          if (/^[0-9A-F]{24}/.test(name)) await rm(join(wal, name), { recursive: true });
        }
        copy(join(dataDir, "password"), join(to, "password"));
      }),
    archivedUntil: () =>
      withSql(server.url, async (sql) => {
        const [row] =
          await sql`select clock_timestamp()::text as at, pg_walfile_name(pg_switch_wal()) as file`;
        // One that was empty is not archived; the one written by this very question is.
        await sql`select pg_logical_emit_message(true, 'backup', 'moment')`;
        await sql`select pg_switch_wal()`;
        for (;;) {
          const [last] = await sql`select last_archived_wal as file from pg_stat_archiver`;
          if (String(last?.["file"] ?? "") >= String(row?.["file"])) return String(row?.["at"]);
          await sql`select pg_sleep(0.05)`;
        }
      }),
  };
}

/** Starts a backup as it was at that moment: what `recovery.signal` and these three settings do on any Postgres 12 or newer. */
export async function restoreTo(folder: string, archive: string, moment: string): Promise<EmbeddedPostgres> {
  const settings = [
    `restore_command = 'cp "${archive}/%f" "%p"'`,
    `recovery_target_time = '${moment}'`,
    "recovery_target_action = 'promote'",
    "archive_mode = off",
    // Nobody gets in before the moment is reached.
    "hot_standby = off",
  ];
  await appendFile(join(folder, "cluster", "postgresql.auto.conf"), `${settings.join("\n")}\n`);
  await writeInto(join(folder, "cluster"), "recovery.signal", "");
  return startEmbeddedPostgres({ dataDir: folder });
}
