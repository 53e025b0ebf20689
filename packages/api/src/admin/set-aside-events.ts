import { anyOf } from "@liveassist/db";
import { webhookEvents } from "@liveassist/db/schema";
import type { setAsideInput, setAsideOutput } from "@liveassist/shared/inputs/admin";
import { and, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";

/**
 * Says that a person has looked at dead letters that nothing can be done about: they are ignored from now on, with their
 * history. What is no dead letter any more is passed over. Nobody's access changes: events are hints.
 */
export async function setAsideEvents(
  deps: Deps,
  actor: Actor,
  { eventIds }: z.infer<typeof setAsideInput>,
): Promise<z.infer<typeof setAsideOutput>> {
  const rows = await deps.db
    .update(webhookEvents)
    .set({ outcome: "ignored", processedAt: new Date(deps.clock.wall()) })
    .where(and(sql`${webhookEvents.outcome} = 'dead'`, anyOf(webhookEvents.eventId, [...new Set(eventIds)])))
    .returning({ eventId: webhookEvents.eventId });
  deps.log.info(
    { eventIds: rows.map(({ eventId }) => eventId), userId: actor.userId },
    "dead letters were set aside",
  );
  return { set_aside: rows.length };
}
