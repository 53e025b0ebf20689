import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { DatabaseUnusableError, explainConnectionError } from "./connection-error.ts";
import { probeServer } from "./probe-server.ts";

const MIGRATIONS = fileURLToPath(new URL("../migrations", import.meta.url));
/** Any number nobody else takes: servers that start together queue up on it. */
const LOCK = 7_303_014_559;
const OLDEST_MAJOR = 17;

/**
 * Brings the database up to date, an empty one included; forward only, one at a time across processes, and nothing to
 * do the second time. Ends in DatabaseUnusableError when it cannot be reached, entered or is older than Postgres 17.
 */
export async function migrate(url: string, options: { folder?: string } = {}): Promise<void> {
  const sql = connect(url);
  try {
    await probeServer(url);
    await refuseOldServer(sql);
    // The lock belongs to the session, and the pool has only this one; it falls with the connection.
    await sql`select pg_advisory_lock(${LOCK})`;
    await runMigrations(drizzle(sql), { migrationsFolder: options.folder ?? MIGRATIONS });
  } catch (error) {
    throw explainConnectionError(url, error) ?? explainConnectionError(url, (error as Error).cause) ?? error;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function connect(url: string): postgres.Sql {
  try {
    return postgres(url, {
      max: 1,
      connect_timeout: 10,
      onnotice: () => {},
      connection: { TimeZone: "UTC" },
    });
  } catch (error) {
    throw explainConnectionError(url, error) ?? error;
  }
}

async function refuseOldServer(sql: postgres.Sql): Promise<void> {
  const [row] = await sql`select current_setting('server_version') as version`;
  const version = String(row?.["version"]);
  if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return;
  throw new DatabaseUnusableError(
    `The database is Postgres ${version}, and LiveAssist needs ${OLDEST_MAJOR} or newer (transaction_timeout).`,
  );
}
