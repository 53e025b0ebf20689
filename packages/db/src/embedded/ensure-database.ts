import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { EmbeddedPostgresError } from "./error.ts";

/** unique_violation, duplicate_database, object_in_use. */
const BEING_CREATED = new Set(["23505", "42P04", "55006"]);
const TRIES = 20;

/** Makes the database unless it is there. Ends in EmbeddedPostgresError when the server cannot be entered. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    for (let tries = 1; !(await exists(sql, name)); tries += 1) {
      try {
        await sql`create database ${sql(name)}`;
      } catch (error) {
        // A killed starter's own "create database" may still be under way in the Postgres we adopted.
        if (tries === TRIES || !BEING_CREATED.has((error as { code?: string }).code ?? "")) throw error;
        await pause(100);
      }
    }
  } catch (error) {
    throw new EmbeddedPostgresError(`The built-in Postgres does not let us in: ${(error as Error).message}`);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function exists(sql: postgres.Sql, name: string): Promise<boolean> {
  return (await sql`select 1 from pg_database where datname = ${name}`).length > 0;
}
