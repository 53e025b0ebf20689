import { webhookEvents } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { replayEventInput, replayOutput } from "@liveassist/shared/inputs/admin";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { requeueDead } from "../billing/requeue-dead.ts";
import { boundUser } from "../billing/resolve-user.ts";
import { syncCustomer } from "../billing/sync-customer.ts";
import type { Actor, Deps } from "../deps.ts";

/**
 * Works on an event again, whatever became of it: all it ever causes is a sync, so it is safe at any time and any number of
 * times, and its history stays. Throws `NOT_FOUND`; ends in `StripeError` when a sync was needed and Stripe cannot be asked.
 */
export async function replayEvent(
  deps: Deps,
  actor: Actor,
  { eventId }: z.infer<typeof replayEventInput>,
): Promise<z.infer<typeof replayOutput>> {
  const [row] = await deps.db
    .select({ outcome: webhookEvents.outcome, customerId: webhookEvents.customerId })
    .from(webhookEvents)
    .where(eq(webhookEvents.eventId, eventId));
  if (!row) throw new AppError("NOT_FOUND", "There is no such event.");
  const { outcome, customerId } = row;
  deps.log.info({ eventId, customerId, outcome, userId: actor.userId }, "an event is replayed");
  if (outcome === "dead" || outcome === null) {
    await requeueDead(deps, { where: sql`event_id = ${eventId}`, most: 1, apartMs: 0 });
    await makeDue(deps, eventId);
    deps.nudgeInbox(customerId);
    return { outcome: "queued" };
  }
  const isBound = customerId !== null && (await boundUser(deps, customerId)) !== null;
  if (outcome === "ignored" || !isBound) return { outcome: "nothing" };
  await syncCustomer(deps, customerId, "replay");
  return { outcome: "synced" };
}

/** One that waits for its next attempt is tried now; one that is being worked on is left to its worker. */
async function makeDue(deps: Deps, eventId: string): Promise<void> {
  await deps.db
    .update(webhookEvents)
    .set({ nextAttemptAt: new Date(deps.clock.wall()) })
    .where(and(eq(webhookEvents.eventId, eventId), isNull(webhookEvents.outcome)));
}
