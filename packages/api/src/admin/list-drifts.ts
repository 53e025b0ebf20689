import { drifts } from "@liveassist/db/schema";
import type { driftOutput, driftsOutput, listDriftsInput } from "@liveassist/shared/inputs/admin";
import { and, desc, eq, isNull, lt } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { fromCursor, pageOf } from "./page-cursor.ts";

/** Differences the reconciler found, newest first, and what became of them. */
export async function listDrifts(
  deps: Deps,
  _actor: Actor,
  { walkId, customerId, open, cursor, limit }: z.infer<typeof listDriftsInput>,
): Promise<z.infer<typeof driftsOutput>> {
  const after = fromCursor(cursor);
  const rows = await deps.db
    .select()
    .from(drifts)
    .where(
      and(
        walkId ? eq(drifts.walkId, walkId) : undefined,
        customerId ? eq(drifts.customerId, customerId) : undefined,
        open ? isNull(drifts.repairedAt) : undefined,
        after ? lt(drifts.id, Number(after.id)) : undefined,
      ),
    )
    .orderBy(desc(drifts.id))
    .limit(limit + 1);
  const { page, next } = pageOf(rows, limit, (row) => ({ at: row.foundAt, id: String(row.id) }));
  return { drifts: page.map(showDrift), next };
}

/** A difference as the console shows it. */
export function showDrift(row: typeof drifts.$inferSelect): z.infer<typeof driftOutput> {
  const { fields } = row.detail;
  return {
    id: row.id,
    walk_id: row.walkId,
    customer_id: row.customerId,
    subscription_id: row.subscriptionId,
    user_id: row.userId,
    cause: row.cause,
    fields: Array.isArray(fields) ? fields.map(String) : [],
    is_downgrade: row.isDowngrade,
    found_at: row.foundAt.toISOString(),
    repaired_at: row.repairedAt?.toISOString() ?? null,
    last_error: row.lastError,
  };
}
