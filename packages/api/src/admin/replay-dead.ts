import { webhookEvents } from "@liveassist/db/schema";
import type { replayDeadInput, replayDeadOutput } from "@liveassist/shared/inputs/admin";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { requeueDead } from "../billing/requeue-dead.ts";
import type { Actor, Deps } from "../deps.ts";

/** Customers are asked about so far apart, so that a thousand dead letters are no burst. */
const APART_MS = 100;

/** Works on the oldest dead letters again. Safe at any time: what is still wrong becomes a dead letter again. */
export async function replayDead(
  deps: Deps,
  actor: Actor,
  { type, limit }: z.infer<typeof replayDeadInput>,
): Promise<z.infer<typeof replayDeadOutput>> {
  const where = type ? sql`type = ${type}` : sql`true`;
  const queued = await requeueDead(deps, { where, most: limit, apartMs: APART_MS });
  const [rest] = await deps.db
    .select({ n: sql<number>`count(*)::int` })
    .from(webhookEvents)
    .where(and(eq(webhookEvents.outcome, "dead"), where));
  deps.log.info({ queued: queued.length, userId: actor.userId }, "dead letters are replayed");
  deps.nudgeInbox(null);
  return { queued: queued.length, left: rest?.n ?? 0 };
}
