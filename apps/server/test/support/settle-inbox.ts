import { vi } from "vitest";
import type { StartedApp } from "./start-app.ts";

/**
 * Resolves when no event is unfinished and no sync is under way. What waits to be looked at once more (because Stripe's
 * answer looked older than the event) is made due: a test does not wait for a minute.
 */
export async function settleInbox({ database: { sql }, running }: StartedApp): Promise<void> {
  await vi.waitFor(
    async () => {
      const open = await sql`select event_id, type, attempts, rechecks, last_error from webhook_events
        where outcome is null`;
      if (open.length === 0) return;
      await sql`update webhook_events set next_attempt_at = ${new Date().toISOString()}
        where outcome is null and lease_until is null`;
      running.deps.nudgeInbox(null);
      throw new Error(`${open.length} unfinished: ${JSON.stringify(open.slice(0, 3))}`);
    },
    { timeout: 30_000, interval: 15 },
  );
  await running.inbox.idle();
}
