import type { Db, Tx } from "@liveassist/db";
import { webhookEvents } from "@liveassist/db/schema";
import { mask, maskText } from "@liveassist/shared/mask";
import { eq, type SQL, sql } from "drizzle-orm";

/**
 * Takes a person's data out of events: finished ones lose their payload, those that may still be worked on (pending, dead)
 * keep it masked, with the ids that a sync needs. Answers how many were changed. `where` speaks of `webhook_events`.
 */
export async function emptyPayloads(db: Db | Tx, where: SQL): Promise<number> {
  const finished = await db.execute(sql`
    update webhook_events set payload = '', last_error = null, errors = '[]'
    where outcome in ('processed', 'ignored') and (payload <> '' or last_error is not null or errors <> '[]')
      and ${where} returning event_id`);
  const { eventId, payload, lastError, errors } = webhookEvents;
  const open = await db
    .select({ eventId, payload, lastError, errors })
    .from(webhookEvents)
    .where(sql`(outcome is null or outcome = 'dead') and ${where}`)
    .for("update");
  let masked = 0;
  for (const event of open) {
    const bare = {
      payload: maskPayload(event.payload),
      lastError: event.lastError === null ? null : maskText(event.lastError),
      errors: event.errors.map(({ at, error }) => ({ at, error: maskText(error) })),
    };
    if (bare.payload === event.payload && bare.lastError === event.lastError) continue;
    await db.update(webhookEvents).set(bare).where(eq(eventId, event.eventId));
    masked += 1;
  }
  return finished.length + masked;
}

const maskPayload = (payload: string): string =>
  payload === "" ? payload : JSON.stringify(mask(JSON.parse(payload)));
