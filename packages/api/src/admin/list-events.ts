import { webhookEvents } from "@liveassist/db/schema";
import type { eventsOutput, listEventsInput } from "@liveassist/shared/inputs/admin";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { fromCursor, pageOf } from "./page-cursor.ts";
import { ledgerColumns, showEvent } from "./show-event.ts";

/** The ledger, newest first: what came of every event, with its attempts and errors (issue 3, point 6). */
export async function listEvents(
  deps: Deps,
  _actor: Actor,
  input: z.infer<typeof listEventsInput>,
): Promise<z.infer<typeof eventsOutput>> {
  const { outcome, type, customerId, userId, limit } = input;
  const after = fromCursor(input.cursor);
  const { receivedAt, eventId } = webhookEvents;
  const rows = await deps.db
    .select(ledgerColumns)
    .from(webhookEvents)
    .where(
      and(
        outcome === "pending" ? isNull(webhookEvents.outcome) : undefined,
        outcome && outcome !== "pending" ? eq(webhookEvents.outcome, outcome) : undefined,
        type ? eq(webhookEvents.type, type) : undefined,
        customerId ? eq(webhookEvents.customerId, customerId) : undefined,
        userId ? eq(webhookEvents.userId, userId) : undefined,
        after ? sql`(${receivedAt}, ${eventId}) < (${after.at.toISOString()}, ${after.id})` : undefined,
      ),
    )
    .orderBy(desc(receivedAt), desc(eventId))
    .limit(limit + 1);
  const { page, next } = pageOf(rows, limit, (row) => ({ at: row.receivedAt, id: row.eventId }));
  return { events: page.map(showEvent), next };
}
