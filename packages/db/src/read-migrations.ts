import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import type { Db } from "./client.ts";

/** How far a database is, against what this version of the code brings along. */
export interface MigrationState {
  /** All that this version needs is there; what a newer one added does no harm (migrations only go forward). */
  readonly ok: boolean;
  readonly applied: number;
  readonly expected: number;
}

const JOURNAL = new URL("../migrations/meta/_journal.json", import.meta.url);
const { entries } = JSON.parse(readFileSync(JOURNAL, "utf8")) as { entries: readonly { when: number }[] };
const newest = Math.max(...entries.map(({ when }) => when));

/** Looks which migrations a database has had. Fails as a query does, also when none ever ran. */
export async function readMigrations(db: Db): Promise<MigrationState> {
  const [row] = await db.execute<{ applied: number; ok: boolean }>(sql`
    select count(*)::int as applied, coalesce(max(created_at) >= ${newest}, false) as ok
    from drizzle.__drizzle_migrations`);
  return { ok: row?.ok ?? false, applied: row?.applied ?? 0, expected: entries.length };
}
