import { billingFlags } from "@liveassist/db/schema";
import type { flagsOutput, listFlagsInput } from "@liveassist/shared/inputs/admin";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { fromCursor, pageOf } from "./page-cursor.ts";
import { showFlag } from "./show-flag.ts";

/** What a person has to look at: double payments, refunds, disputes; newest first (requirements R9, R23). */
export async function listFlags(
  deps: Deps,
  _actor: Actor,
  { open, userId, cursor, limit }: z.infer<typeof listFlagsInput>,
): Promise<z.infer<typeof flagsOutput>> {
  const after = fromCursor(cursor, "uuid");
  const { foundAt, id } = billingFlags;
  const rows = await deps.db
    .select()
    .from(billingFlags)
    .where(
      and(
        open ? isNull(billingFlags.resolvedAt) : undefined,
        userId ? eq(billingFlags.userId, userId) : undefined,
        after ? sql`(${foundAt}, ${id}::text) < (${after.at.toISOString()}, ${after.id})` : undefined,
      ),
    )
    .orderBy(desc(foundAt), sql`${id}::text desc`)
    .limit(limit + 1);
  const { page, next } = pageOf(rows, limit, (row) => ({ at: row.foundAt, id: row.id }));
  return { flags: page.map(showFlag), next };
}
