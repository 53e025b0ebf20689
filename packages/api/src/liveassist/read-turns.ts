import { anyOf, type Db } from "@liveassist/db";
import { liveassistMessages, liveassistSessions } from "@liveassist/db/schema";
import { and, asc, desc, eq, getTableColumns, gte, sql } from "drizzle-orm";
import { type MessageRow, type Turn, toTurns } from "./turns.ts";

const PAGE = 200;

/** A page of a session's turns from a place on, oldest first, superseded ones too; `isWhole`: there are no more. */
export async function turnsFrom(
  db: Db,
  sessionId: string,
  seq: number,
): Promise<{ turns: Turn[]; isWhole: boolean }> {
  const rows = await db
    .select()
    .from(liveassistMessages)
    .where(and(eq(liveassistMessages.sessionId, sessionId), gte(liveassistMessages.seq, seq)))
    .orderBy(asc(liveassistMessages.seq))
    .limit(PAGE);
  return { turns: await toTurns(db, rows), isWhole: rows.length < PAGE };
}

/** The newest row of a session, or the newest of the user's; null when there is none. */
export async function newestRow(db: Db, sessionId: string, role?: "user"): Promise<MessageRow | null> {
  const { seq, sessionId: session } = liveassistMessages;
  const [row] = await db
    .select()
    .from(liveassistMessages)
    .where(and(eq(session, sessionId), role ? eq(liveassistMessages.role, role) : undefined))
    .orderBy(desc(seq))
    .limit(1);
  return row ?? null;
}

/** What is known of a session: its newest turn. Nulls: nothing yet. */
export interface Known {
  readonly id: string;
  readonly seq: number | null;
  readonly status: string | null;
}

/** For many sessions at once: which are there, and their rows from the newest known one on (it alone can have changed). */
export async function readRows(
  db: Db,
  known: readonly Known[],
): Promise<{ there: Set<string>; rows: MessageRow[] }> {
  const { id } = liveassistSessions;
  const ids = known.map((one) => one.id);
  const [there, rows] = await Promise.all([
    db.select({ id }).from(liveassistSessions).where(anyOf(id, ids)),
    db
      .select(getTableColumns(liveassistMessages))
      .from(liveassistMessages)
      .innerJoin(
        sql`json_to_recordset(${JSON.stringify(known)}::json) as known(id uuid, seq bigint)`,
        sql`known.id = ${liveassistMessages.sessionId} and ${liveassistMessages.seq} >= coalesce(known.seq,
          (select max(newest.seq) from liveassist_messages newest where newest.session_id = known.id))`,
      )
      .orderBy(asc(liveassistMessages.seq)),
  ]);
  return { there: new Set(there.map((one) => one.id)), rows };
}

/** Of many sessions, those that are gone, or whose newest turn is another or ended differently than is known. */
export async function changedSessions(db: Db, known: readonly Known[]): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`select known.id
    from json_to_recordset(${JSON.stringify(known)}::json) as known(id uuid, seq bigint, status text)
    left join liveassist_sessions s on s.id = known.id
    left join lateral (select m.seq, m.status from liveassist_messages m
      where m.session_id = known.id order by m.seq desc limit 1) newest on true
    where s.id is null or newest.seq is distinct from known.seq or newest.status is distinct from known.status`);
  return rows.map(({ id }) => id);
}
