import type { TestDatabase } from "@liveassist/db/testing";
import { vi } from "vitest";

type Row = Record<string, unknown>;

/** Everything stored of one user that a purchase changes, without what differs from person to person. */
export async function rowsOf({ sql }: TestDatabase, userId: string): Promise<Record<string, Row[]>> {
  const [user, subscriptions, xp, customers] = await Promise.all([
    sql`select role, subscription_status, subscription_expiry, stripe_status, trial_ends_at, cancel_at,
      trial_used_at, image_counter, xp, check_at from users where id = ${userId}`,
    sql`select plan, status, known_status, trial_started_at, trial_ends_at, period_start, paid_until, cancel_at,
      cancel_at_period_end, ended_at, first_paid_at, open_invoice_at from subscriptions where user_id = ${userId}`,
    sql`select amount, reason from xp_events where user_id = ${userId}`,
    sql`select deleted_at from stripe_customers where user_id = ${userId}`,
  ]);
  return { user: [...user], subscriptions: [...subscriptions], xp: [...xp], customers: [...customers] };
}

/** The inbox row of an event. */
export async function inboxRow({ sql }: TestDatabase, eventId: string): Promise<Row | undefined> {
  const [row] = await sql`select * from webhook_events where event_id = ${eventId}`;
  return row;
}

/** Resolves when all these events are finished, one way or another. */
export function allFinished(database: TestDatabase, eventIds: readonly string[], ms = 20_000): Promise<void> {
  return vi.waitFor(
    async () => {
      const open = await database.sql`select event_id, type, attempts, last_error from webhook_events
        where event_id = any(${eventIds as string[]}) and outcome is null`;
      if (open.length > 0) throw new Error(`${open.length} unfinished: ${JSON.stringify(open.slice(0, 3))}`);
    },
    { timeout: ms, interval: 20 },
  );
}
