import { users, xpEvents } from "@liveassist/db/schema";
import type { listXpInput, xpLedgerOutput } from "@liveassist/shared/inputs/operations";
import { and, desc, eq, getTableColumns, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { fromCursor, pageOf } from "./page-cursor.ts";

/** The XP ledger, newest first. */
export async function listXp(
  deps: Deps,
  _actor: Actor,
  { userId, cursor, limit }: z.infer<typeof listXpInput>,
): Promise<z.infer<typeof xpLedgerOutput>> {
  const after = fromCursor(cursor, "uuid");
  const { ts, id } = xpEvents;
  const rows = await deps.db
    .select({ ...getTableColumns(xpEvents), userName: users.name })
    .from(xpEvents)
    .innerJoin(users, eq(users.id, xpEvents.userId))
    .where(
      and(
        userId ? eq(xpEvents.userId, userId) : undefined,
        after ? sql`(${ts}, ${id}) < (${after.at.toISOString()}, ${after.id}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(ts), desc(id))
    .limit(limit + 1);
  const { page, next } = pageOf(rows, limit, (row) => ({ at: row.ts, id: row.id }));
  const entries = page.map((row) => ({
    id: row.id,
    user_id: row.userId,
    user_name: row.userName,
    amount: row.amount,
    reason: row.reason,
    idempotency_key: row.idempotencyKey,
    at: row.ts.toISOString(),
  }));
  return { entries, next };
}
