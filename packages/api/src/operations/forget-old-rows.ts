import { type SQL, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";

const BATCH = 1_000;
/** Rows looked at in one go; the rest waits for the next. */
const MOST_BATCHES = 100;

interface Retention {
  /** How long a row is kept. */
  readonly days: number;
  /** Which rows may go, seen from `before`; a table's own index finds them, or the table is small. */
  readonly where: (before: string) => SQL;
}

/**
 * What would grow for ever and nobody needs any more, by table. The rest has rules of its own: outbox, payloads, walks,
 * withdrawals. What is said to people about it: docs/operations/data-care.md and the privacy page.
 */
export const RETENTIONS: Readonly<Record<string, Retention>> = {
  trail: { days: 90, where: (before) => sql`at < ${before}` },
  minute_counts: { days: 30, where: (before) => sql`minute < ${before}` },
  // An alert that still fires is kept, however old.
  incidents: { days: 365, where: (before) => sql`closed_at < ${before}` },
  admin_actions: { days: 730, where: (before) => sql`at < ${before}` },
  // Each start is a server of its own, and reports under a new id.
  servers: { days: 7, where: (before) => sql`seen_at < ${before}` },
  job_states: { days: 7, where: (before) => sql`seen_at < ${before}` },
  // They hold addresses and browsers, and open nothing any more.
  auth_sessions: { days: 0, where: (before) => sql`expires_at < ${before}` },
  auth_verifications: { days: 0, where: (before) => sql`expires_at < ${before}` },
  checkout_return_tokens: { days: 1, where: (before) => sql`expires_at < ${before}` },
  // Stripe sends nothing about a page that nobody paid at, and that closed so long ago.
  checkout_attempts: { days: 90, where: (before) => sql`state = 'expired' and updated_at < ${before}` },
  // Only units whose file is gone: a reply that is tried again takes its pictures' units anew, whatever their day.
  usage: {
    days: 35,
    where: (before) =>
      sql`created_at < ${before} and not exists (select 1 from uploads where uploads.id = usage.upload_id)`,
  },
};

/** Deletes rows that were kept long enough, by wall time, in small batches; answers how many of each table. */
export async function forgetOldRows(deps: Pick<Deps, "db" | "clock">): Promise<Record<string, number>> {
  const forgotten: Record<string, number> = {};
  for (const [table, { days, where }] of Object.entries(RETENTIONS)) {
    const before = new Date(deps.clock.wall() - days * 86_400_000).toISOString();
    const rows = await deleteBatches(deps, table, where(before));
    if (rows > 0) forgotten[table] = rows;
  }
  return forgotten;
}

async function deleteBatches({ db }: Pick<Deps, "db">, table: string, where: SQL): Promise<number> {
  const from = sql.identifier(table);
  let deleted = 0;
  for (let batches = 0; batches < MOST_BATCHES; batches++) {
    // By place and condition: a row that somebody changes meanwhile is judged anew.
    const { count } = await db.execute(sql`delete from ${from} where ${where}
      and ctid = any(array(select ctid from ${from} where ${where} limit ${BATCH}))`);
    deleted += count;
    if (count < BATCH) break;
  }
  return deleted;
}
