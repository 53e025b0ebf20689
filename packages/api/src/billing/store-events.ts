import type { Db } from "@liveassist/db";
import { sql } from "drizzle-orm";
import type { EventFacts } from "./read-event.ts";
import { forgiven } from "./requeue-dead.ts";

/** A verified event on its way into the inbox. Times are epoch milliseconds, wall time. */
export interface IncomingEvent {
  readonly facts: EventFacts;
  readonly payload: string;
  readonly livemode: boolean;
  /** Not ours to act on: another livemode, or a type we do not handle (requirements R15). */
  readonly ignored: boolean;
  readonly receivedAt: number;
  /** `backfill`: fetched from Stripe's list; then a known one is left alone, whatever became of it. Default: `webhook`. */
  readonly source?: "webhook" | "backfill";
  /** When it is to be worked on; default: at once. */
  readonly dueAt?: number;
}

/** `stored`: new, or known and queued again. `skipped`: already processed or ignored. */
export type StoreOutcome = "stored" | "skipped";

const iso = (at: number): string => new Date(at).toISOString();

function toRow({ facts, payload, livemode, ignored, receivedAt, source, dueAt }: IncomingEvent) {
  return {
    event_id: facts.eventId,
    type: facts.type,
    object_id: facts.objectId,
    session_id: facts.sessionId,
    customer_id: facts.customerId,
    subscription_id: facts.subscriptionId,
    api_version: facts.apiVersion,
    livemode,
    stripe_created_at: iso(facts.createdAt ?? receivedAt),
    payload,
    received_at: iso(receivedAt),
    processed_at: ignored ? iso(receivedAt) : null,
    outcome: ignored ? "ignored" : null,
    next_attempt_at: iso(dueAt ?? receivedAt),
    source: source ?? "webhook",
  };
}

/**
 * Writes a batch of distinct events in one statement. A known one that is pending or dead is queued again, its failures
 * forgiven but not forgotten; a finished one is left alone and answers `skipped` (requirements, webhook route).
 */
export async function storeEvents(
  db: Db,
  events: readonly IncomingEvent[],
): Promise<Map<string, StoreOutcome>> {
  // Sorted, so that two batches with the same events wait for each other instead of deadlocking.
  const rows = JSON.stringify(events.map(toRow).sort((a, b) => (a.event_id < b.event_id ? -1 : 1)));
  const stored = await db.execute<{ event_id: string }>(sql`
    insert into webhook_events (event_id, type, object_id, session_id, customer_id, subscription_id, api_version,
      livemode, stripe_created_at, payload, received_at, processed_at, outcome, next_attempt_at, source)
    select * from json_to_recordset(${rows}::json) as incoming(event_id text, type text, object_id text,
      session_id text, customer_id text, subscription_id text, api_version text, livemode boolean,
      stripe_created_at timestamptz, payload text, received_at timestamptz, processed_at timestamptz, outcome text,
      next_attempt_at timestamptz, source text)
    on conflict (event_id) do update set
      next_attempt_at = excluded.next_attempt_at, lease_until = null, outcome = null, processed_at = null,
      ${forgiven(sql`webhook_events.outcome = 'dead'`)}
      where (webhook_events.outcome is null or webhook_events.outcome = 'dead') and excluded.source = 'webhook'
    returning event_id`);
  const taken = new Set([...stored].map((row) => row.event_id));
  return new Map(events.map(({ facts }) => [facts.eventId, taken.has(facts.eventId) ? "stored" : "skipped"]));
}
