import { drifts } from "@liveassist/db/schema";
import type { driftsOutput, listDriftsInput } from "@liveassist/shared/inputs/admin";
import { and, desc, eq, isNull, lt } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { fromCursor, pageOf } from "./page-cursor.ts";
import { driftColumns, showDrift } from "./show-drift.ts";

/** Differences the reconciler found, newest first, and what became of them. */
export async function listDrifts(
  deps: Deps,
  _actor: Actor,
  { walkId, customerId, open, cursor, limit }: z.infer<typeof listDriftsInput>,
): Promise<z.infer<typeof driftsOutput>> {
  const after = fromCursor(cursor, "number");
  const rows = await deps.db
    .select(driftColumns)
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
