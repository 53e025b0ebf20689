import { authSessions } from "@liveassist/db/schema";
import { and, desc, eq, gt } from "drizzle-orm";
import type { Actor, Deps } from "../deps.ts";

/** Where the caller is signed in, newest first. Times are ISO. The token of a login never leaves the server. */
export async function listLogins(deps: Deps, actor: Actor) {
  const rows = await deps.db
    .select()
    .from(authSessions)
    .where(
      and(eq(authSessions.userId, actor.userId), gt(authSessions.expiresAt, new Date(deps.clock.wall()))),
    )
    .orderBy(desc(authSessions.createdAt));
  return rows.map((row) => ({
    id: row.id,
    created_at: row.createdAt.toISOString(),
    last_active_at: row.updatedAt.toISOString(),
    user_agent: row.userAgent,
    ip_address: row.ipAddress,
    current: row.id === actor.loginId,
  }));
}
