export { anyOf, noneOf } from "./any-of.ts";
export { createDb, type Database, type Db, type Sql, TRANSACTION_TIMEOUT_MS, type Tx } from "./client.ts";
export { DatabaseUnusableError, explainConnectionError } from "./connection-error.ts";
export { type ListenOptions, listen } from "./listen.ts";
export { migrate } from "./migrate.ts";
export { probeServer } from "./probe-server.ts";
export { type MigrationState, readMigrations } from "./read-migrations.ts";
export { DEAD_CAUSES, deadCauseOf, OTHER_CAUSE } from "./schema/dead-cause.ts";
