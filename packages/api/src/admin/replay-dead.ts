import { anyOf } from "@liveassist/db";
import { webhookEvents } from "@liveassist/db/schema";
import type { replayDeadInput, replayDeadOutput } from "@liveassist/shared/inputs/admin";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { requeueDead } from "../billing/requeue-dead.ts";
import type { Actor, Deps } from "../deps.ts";
import { diedOf } from "./dead-cause.ts";

/** Customers are asked about so far apart, so that a thousand dead letters are no burst. */
const APART_MS = 100;

/**
 * Works on dead letters again: those that are named, else the oldest. `left`: how many of those asked for are dead still.
 * Safe at any time: what is still wrong becomes a dead letter again, and a name that is none is passed over.
 */
export async function replayDead(
  deps: Deps,
  actor: Actor,
  { type, cause, eventIds, limit }: z.infer<typeof replayDeadInput>,
): Promise<z.infer<typeof replayDeadOutput>> {
  const named = eventIds ? [...new Set(eventIds)] : null;
  const where =
    and(
      type ? eq(webhookEvents.type, type) : undefined,
      cause ? diedOf(cause) : undefined,
      named ? anyOf(webhookEvents.eventId, named) : undefined,
    ) ?? sql`true`;
  const queued = await requeueDead(deps, { where, most: named?.length ?? limit, apartMs: APART_MS });
  const [rest] = await deps.db
    .select({ n: sql<number>`count(*)::int` })
    .from(webhookEvents)
    .where(and(sql`${webhookEvents.outcome} = 'dead'`, where));
  deps.log.info({ queued: queued.length, userId: actor.userId }, "dead letters are replayed");
  deps.nudgeInbox(null);
  return { queued: queued.length, left: rest?.n ?? 0 };
}
