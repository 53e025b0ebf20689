import { webhookEvents } from "@liveassist/db/schema";
import type { causesOutput } from "@liveassist/shared/inputs/operations";
import { desc, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { CAUSE, isAssignable } from "./dead-cause.ts";

/** The dead letters by what killed them, most first. Times: when they were received. */
export async function listCauses(deps: Deps, _actor: Actor): Promise<z.infer<typeof causesOutput>> {
  const count = sql<number>`count(*)::int`;
  const rows = await deps.db
    .select({
      cause: sql<Cause>`${CAUSE}`.as("cause"),
      count,
      oldest: sql<string>`min(${webhookEvents.receivedAt})`,
      newest: sql<string>`max(${webhookEvents.receivedAt})`,
    })
    .from(webhookEvents)
    .where(sql`${webhookEvents.outcome} = 'dead'`)
    .groupBy(sql`cause`)
    .orderBy(desc(count), sql`cause`);
  return {
    total: rows.reduce((sum, row) => sum + row.count, 0),
    causes: rows.map(({ cause, count, oldest, newest }) => ({
      cause,
      count,
      oldest_at: new Date(oldest).toISOString(),
      newest_at: new Date(newest).toISOString(),
      can_assign: isAssignable(cause),
    })),
  };
}

type Cause = Parameters<typeof isAssignable>[0];
