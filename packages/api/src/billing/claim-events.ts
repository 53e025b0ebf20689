import type { Db } from "@liveassist/db";
import { webhookEvents } from "@liveassist/db/schema";
import { sql } from "drizzle-orm";
import { type PendingEvent, pendingColumns, toPending } from "./pending-events.ts";

/** How long a claimed event stays with its worker, wall time. Two syncs of one customer may overlap, so it may be short. */
export const LEASE_MS = 5_000;

const iso = (at: number): string => new Date(at).toISOString();

const isFree = (wall: number) => sql`${webhookEvents.outcome} is null
  and ${webhookEvents.nextAttemptAt} <= ${iso(wall)}
  and (${webhookEvents.leaseUntil} is null or ${webhookEvents.leaseUntil} <= ${iso(wall)})`;

/** Takes all due events of one customer under a lease, and counts the attempt as it starts. `wall` in epoch milliseconds. */
export async function claimCustomer(db: Db, customerId: string, wall: number): Promise<PendingEvent[]> {
  return claim(db, wall, sql`${webhookEvents.customerId} = ${customerId}`);
}

/** Takes one event that names no customer. */
export async function claimEvent(db: Db, eventId: string, wall: number): Promise<PendingEvent[]> {
  return claim(db, wall, sql`${webhookEvents.eventId} = ${eventId}`);
}

async function claim(db: Db, wall: number, which: ReturnType<typeof sql>): Promise<PendingEvent[]> {
  const rows = await db
    .update(webhookEvents)
    .set({ leaseUntil: new Date(wall + LEASE_MS), attempts: sql`${webhookEvents.attempts} + 1` })
    .where(
      sql`${webhookEvents.eventId} in (select ${webhookEvents.eventId} from ${webhookEvents}
        where ${which} and ${isFree(wall)} limit 500 for update skip locked)`,
    )
    .returning(pendingColumns);
  return rows.map(toPending);
}

export type DueWork =
  | { readonly customerId: string }
  | { readonly customerId: null; readonly eventId: string };

/** Whose events are due, oldest first: what a lost nudge or a killed process left behind (design I1, I6). */
export async function findDue(db: Db, wall: number): Promise<DueWork[]> {
  const rows = await db.execute<{ customer_id: string | null; event_id: string }>(sql`
    select customer_id, min(event_id) as event_id from ${webhookEvents} where ${isFree(wall)}
    group by customer_id, case when customer_id is null then event_id end
    order by min(next_attempt_at) limit 200`);
  return [...rows].map((row) =>
    row.customer_id === null ? { customerId: null, eventId: row.event_id } : { customerId: row.customer_id },
  );
}
