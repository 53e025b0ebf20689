import { adminActions, users } from "@liveassist/db/schema";
import type { actionsOutput, listActionsInput } from "@liveassist/shared/inputs/operations";
import { and, desc, eq, getTableColumns, lt } from "drizzle-orm";
import type { z } from "zod";
import { fromCursor, pageOf } from "../admin/page-cursor.ts";
import type { Actor, Deps } from "../deps.ts";

/** What administrators and commands did, newest first; `userId`: to whom, `actorId`: who did it. */
export async function listActions(
  deps: Deps,
  _actor: Actor,
  { userId, actorId, cursor, limit }: z.infer<typeof listActionsInput>,
): Promise<z.infer<typeof actionsOutput>> {
  const after = fromCursor(cursor, "number");
  const rows = await deps.db
    .select({ ...getTableColumns(adminActions), actorName: users.name })
    .from(adminActions)
    .leftJoin(users, eq(users.id, adminActions.actorId))
    .where(
      and(
        userId ? eq(adminActions.userId, userId) : undefined,
        actorId ? eq(adminActions.actorId, actorId) : undefined,
        after ? lt(adminActions.id, Number(after.id)) : undefined,
      ),
    )
    .orderBy(desc(adminActions.id))
    .limit(limit + 1);
  const { page, next } = pageOf(rows, limit, (row) => ({ at: row.at, id: String(row.id) }));
  const actions = page.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor_id: row.actorId,
    actor_name: row.actorName,
    action: row.action,
    user_id: row.userId,
    input: { ...(row.input as Record<string, unknown>) },
    outcome: row.outcome,
  }));
  return { actions, next };
}
