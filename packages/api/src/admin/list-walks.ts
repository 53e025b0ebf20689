import { reconcileWalks } from "@liveassist/db/schema";
import type { listWalksInput, walksOutput } from "@liveassist/shared/inputs/admin";
import { desc, lt } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { fromCursor, pageOf } from "./page-cursor.ts";

/** Walks of the reconciler, newest first. */
export async function listWalks(
  deps: Deps,
  _actor: Actor,
  { cursor, limit }: z.infer<typeof listWalksInput>,
): Promise<z.infer<typeof walksOutput>> {
  const after = fromCursor(cursor, "number");
  const rows = await deps.db
    .select()
    .from(reconcileWalks)
    .where(after ? lt(reconcileWalks.id, Number(after.id)) : undefined)
    .orderBy(desc(reconcileWalks.id))
    .limit(limit + 1);
  const { page, next } = pageOf(rows, limit, (row) => ({ at: row.startedAt, id: String(row.id) }));
  const walks = page.map((row) => ({
    id: row.id,
    state: row.state,
    phase: row.phase,
    started_at: row.startedAt.toISOString(),
    finished_at: row.finishedAt?.toISOString() ?? null,
    counts: row.counts,
  }));
  return { walks, next };
}
