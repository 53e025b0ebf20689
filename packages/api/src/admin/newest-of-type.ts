import { webhookEvents } from "@liveassist/db/schema";
import type { eventOutcome } from "@liveassist/shared/inputs/admin";
import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Position } from "./page-cursor.ts";

interface OfType {
  readonly type: string;
  /** Which ends; several are merged. */
  readonly outcomes: readonly z.infer<typeof eventOutcome>[];
  /** Received at this moment (ISO) or later. */
  readonly from: string | undefined;
  /** Received before. */
  readonly before: Position | null;
  readonly most: number;
}

const { eventId, receivedAt } = webhookEvents;
const KEY = [webhookEvents.type, sql`coalesce(${webhookEvents.outcome}, 'pending')`, receivedAt, eventId];
const ROW = sql`(${sql.join(KEY, sql`, `)})`;
const DESCENDING = sql.join(
  KEY.map((part) => sql`${part} desc`),
  sql`, `,
);

/**
 * In SQL: the event is among the newest of its type. Types and outcomes hang together, which Postgres does not know: it
 * would look for ignored payments among all payments. So keys are compared as whole rows, which only the index of types has
 * in order, and each outcome is read by itself.
 */
export function isNewestOfType({ type, outcomes, from, before, most }: OfType): SQL {
  const lowest = from ? new Date(from).toISOString() : "-infinity";
  const [highest, id] = before ? [before.at.toISOString(), before.id] : ["infinity", ""];
  const each = outcomes.map(
    (outcome) => sql`(select ${eventId}, ${receivedAt} from ${webhookEvents}
      where ${ROW} >= (${type}, ${outcome}, ${lowest}, '') and ${ROW} < (${type}, ${outcome}, ${highest}, ${id})
      order by ${DESCENDING} limit ${most})`,
  );
  return sql`${eventId} in (select event_id from (${sql.join(each, sql` union all `)}) as newest
    order by received_at desc, event_id desc limit ${most})`;
}
