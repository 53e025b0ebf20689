import { liveassistSessions } from "@liveassist/db/schema";
import type { listSessionsInput, sessionOutput } from "@liveassist/shared/inputs/liveassist";
import { and, desc, eq, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { excerptOf } from "./excerpt.ts";
import { findSession } from "./own-session.ts";

/**
 * One's own sessions, last used first; with a query those whose title or messages contain it, and an excerpt. A page ends
 * where `limit` says, the next begins after `before`; `NOT_FOUND` when that is not one's own.
 */
export async function listSessions(
  deps: Deps,
  actor: Actor,
  { query, before, limit }: NonNullable<z.output<typeof listSessionsInput>>,
): Promise<z.output<typeof sessionOutput>[]> {
  const { userId } = actor;
  // No text that is stored has what cannot be stored, and Postgres refuses to look for it.
  if (query?.includes("\0")) return [];
  const last = before === undefined ? null : await findSession(deps.db, { sessionId: before, userId });
  const wanted = query ? `%${query.replaceAll(/[\\%_]/g, "\\$&")}%` : null;
  const hit = wanted === null ? sql<string | null>`null` : newestHit(wanted);
  const { id, title, createdAt, lastActiveAt } = liveassistSessions;
  const rows = await deps.db
    .select({ id, title, createdAt, lastActiveAt, hit: hit.as("hit") })
    .from(liveassistSessions)
    .where(
      and(
        eq(liveassistSessions.userId, userId),
        last
          ? sql`(${lastActiveAt}, ${id}) < (${last.lastActiveAt.toISOString()}::timestamptz, ${last.id}::uuid)`
          : undefined,
        wanted === null
          ? undefined
          : or(sql`${title} ilike ${wanted}`, sql`${newestHit(wanted)} is not null`),
      ),
    )
    .orderBy(desc(lastActiveAt), desc(id))
    .limit(limit);
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    created_at: row.createdAt.toISOString(),
    last_active_at: row.lastActiveAt.toISOString(),
    excerpt: query ? excerptOf(row.hit ?? row.title ?? "", query) : null,
  }));
}

/** The newest text of a session that is like this; found by the session's own index, whatever else is stored. */
const newestHit = (wanted: string): SQL<string | null> => sql`(select m.text from liveassist_messages m
  where m.session_id = "liveassist_sessions"."id" and m.status <> 'superseded' and m.text ilike ${wanted}
  order by m.seq desc limit 1)`;
