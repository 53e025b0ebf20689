import { checkoutAttempts } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import { and, eq } from "drizzle-orm";
import { boundUser, resolveUser } from "../billing/resolve-user.ts";
import type { Actor, Deps } from "../deps.ts";
import type { Status } from "./read-status.ts";
import { refreshStatus } from "./refresh-status.ts";

/**
 * The return from checkout asks Stripe itself, without waiting for a webhook (`POST /api/subscriptions/confirm`).
 * A session that is not the caller's own ends in `NOT_FOUND`; Stripe being away in `STRIPE_UNAVAILABLE`.
 */
export async function confirmCheckout(
  deps: Deps,
  actor: Actor,
  input: { sessionId: string },
): Promise<Status> {
  const own = await ownAttempt(deps, actor.userId, input.sessionId);
  if (!own) await claimSession(deps, actor.userId, input.sessionId);
  const status = await refreshStatus(deps, actor);
  const { userId } = actor;
  deps.log.info(
    { userId, sessionId: input.sessionId, plan: status.subscription_status },
    "checkout confirmed",
  );
  return status;
}

async function ownAttempt(deps: Deps, userId: string, sessionId: string): Promise<boolean> {
  const [attempt] = await deps.db
    .select({ id: checkoutAttempts.id })
    .from(checkoutAttempts)
    .where(and(eq(checkoutAttempts.sessionId, sessionId), eq(checkoutAttempts.userId, userId)));
  return attempt !== undefined;
}

/** A session we did not open (or forgot) is the caller's only if the binding, or else all that Stripe names, says so (requirements R16). */
async function claimSession(deps: Deps, userId: string, sessionId: string): Promise<void> {
  const session = await deps.stripe.retrieveCheckoutSession(sessionId);
  const customerId = session?.customerId;
  const bound = customerId ? await boundUser(deps, customerId) : null;
  if (bound === userId) return;
  if (customerId && bound === null && session?.userIds.includes(userId)) {
    const { subscriptionId, userIds } = session;
    const naming = { eventId: "confirm", sessionId, subscriptionId, userIds };
    const resolution = await resolveUser(deps, customerId, [naming]);
    if (resolution.kind === "bound" && resolution.userId === userId) return;
  }
  throw new AppError("NOT_FOUND", "There is no such checkout.");
}
