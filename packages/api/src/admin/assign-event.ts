import { users, webhookEvents } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { assignEventInput, assignEventOutput } from "@liveassist/shared/inputs/operations";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { bindCustomer, boundUser } from "../billing/resolve-user.ts";
import type { Actor, Deps } from "../deps.ts";
import { causeOf, isAssignable } from "./dead-cause.ts";

/**
 * Says whose the customer of a dead letter is, for good, and works on its dead letters again (requirements R16: what nobody
 * can resolve, a person may). Again is harmless. Throws `NOT_FOUND` for an unknown event or user, and `NOT_ASSIGNABLE` for
 * a customer that is somebody else's, an event without one, one that another thing is wrong with, or a deleted account.
 */
export async function assignEvent(
  deps: Deps,
  actor: Actor,
  { eventId, userId }: z.infer<typeof assignEventInput>,
): Promise<z.infer<typeof assignEventOutput>> {
  const [event] = await deps.db
    .select({
      customerId: webhookEvents.customerId,
      outcome: webhookEvents.outcome,
      lastError: webhookEvents.lastError,
    })
    .from(webhookEvents)
    .where(eq(webhookEvents.eventId, eventId));
  if (!event) throw new AppError("NOT_FOUND", "There is no such event.");
  const { customerId } = event;
  if (customerId === null)
    throw refused(
      "This event names no customer, so it can be nobody's. A replay asks Stripe again whose it is.",
    );
  const bound = await boundUser(deps, customerId);
  if (bound !== null && bound !== userId) throw refused(TAKEN);
  if (bound === null) {
    const isUnresolved = event.outcome === "dead" && isAssignable(causeOf(event.lastError));
    if (!isUnresolved) throw refused("Only a dead letter that nobody was found for can be assigned.");
    await mustLive(deps, userId);
  }
  const { owner, queued } = await bindCustomer(deps, customerId, userId);
  // Somebody was faster; whatever they said is what holds.
  if (owner !== userId) throw refused(TAKEN);
  deps.log.info({ eventId, customerId, userId, queued, actorId: actor.userId }, "a dead letter was assigned");
  deps.nudgeInbox(customerId);
  return { customer_id: customerId, user_id: userId, queued };
}

const TAKEN = "This customer belongs to another user, and stays with them.";

const refused = (message: string): AppError => new AppError("NOT_ASSIGNABLE", message);

async function mustLive(deps: Deps, userId: string): Promise<void> {
  const [user] = await deps.db.select({ deletedAt: users.deletedAt }).from(users).where(eq(users.id, userId));
  if (!user) throw new AppError("NOT_FOUND", "There is no such user.");
  if (user.deletedAt !== null)
    throw refused("This account was deleted. Cancel the subscription at Stripe instead.");
}
