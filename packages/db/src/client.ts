import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { prepareStatements } from "./prepare-statements.ts";
import * as schema from "./schema/index.ts";

/** The typed database. */
export type Db = PostgresJsDatabase<typeof schema>;
/** What `db.transaction` hands to its callback. */
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];
/** The driver's own tagged template, for SQL that says it better. Shares its connections with `db`. */
export type Sql = postgres.Sql;
/** A pool of connections: typed, raw, and the way to end it. */
export type Database = { db: Db; sql: Sql; close(): Promise<void> };

/** No transaction may outlive this: the outbox tail gives a missing id up after twice as long (I4). */
export const TRANSACTION_TIMEOUT_MS = 5000;

/**
 * Opens a pool; nothing connects before the first query. Statements are prepared, sessions speak UTC, transactions end
 * after 5 s. Mind that drizzle makes the driver give raw timestamps as strings. `close` waits up to 5 s for queries.
 */
export function createDb(url: string, options: { max?: number; applicationName?: string } = {}): Database {
  const sql = postgres(url, {
    max: options.max ?? 10,
    connect_timeout: 10,
    onnotice: () => {},
    prepare: true,
    connection: {
      application_name: options.applicationName ?? "liveassist",
      TimeZone: "UTC",
      transaction_timeout: TRANSACTION_TIMEOUT_MS,
    },
  });
  return { db: drizzle(prepareStatements(sql), { schema }), sql, close: () => sql.end({ timeout: 5 }) };
}
