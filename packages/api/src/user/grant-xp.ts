import { users, xpEvents } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { grantXpInput } from "@liveassist/shared/inputs/user";
import { FIRST_PREMIUM_REASON } from "@liveassist/shared/money";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { appendSubscriptionEvent } from "../billing/append-subscription-event.ts";
import type { Actor, Deps } from "../deps.ts";

type Grant = z.infer<typeof grantXpInput>;

/**
 * Grants XP to a user, once per idempotency key (`POST /api/users/grant-xp`, admins only). The same key with another
 * content ends in `IDEMPOTENCY_CONFLICT`; the first payment's reason is refused, because only a payment grants it.
 */
export async function grantXp(deps: Deps, actor: Actor, grant: Grant): Promise<{ xp: number }> {
  const reserved = reservedField(grant);
  if (reserved) {
    const message = "Only a first payment grants this.";
    throw new AppError("INVALID_INPUT", message, { issues: [{ path: reserved, message }] });
  }
  const granted = await deps.db.transaction(async (tx) => {
    const [user] = await tx.select().from(users).where(eq(users.id, grant.userId)).for("update");
    if (!user || user.deletedAt !== null) throw new AppError("NOT_FOUND", "There is no such user.");
    const { userId, amount, reason, idempotencyKey } = grant;
    const [made] = await tx
      .insert(xpEvents)
      .values({
        id: deps.random.uuid(),
        userId,
        amount,
        reason,
        idempotencyKey,
        ts: new Date(deps.clock.now()),
      })
      .onConflictDoNothing()
      .returning();
    if (!made) {
      const [earlier] = await tx.select().from(xpEvents).where(eq(xpEvents.idempotencyKey, idempotencyKey));
      if (earlier?.userId !== userId || earlier.amount !== amount || earlier.reason !== reason) {
        throw new AppError("IDEMPOTENCY_CONFLICT", "This idempotency key was used for another grant.");
      }
      return { xp: user.xp, isNew: false };
    }
    const xp = user.xp + amount;
    const version = await appendSubscriptionEvent(tx, { ...user, xp });
    await tx.update(users).set({ xp, version }).where(eq(users.id, userId));
    return { xp, isNew: true };
  });
  if (granted.isNew) {
    deps.log.info(
      { userId: grant.userId, by: actor.userId, amount: grant.amount, reason: grant.reason },
      "xp granted",
    );
    deps.bus.nudge("outbox");
  }
  return { xp: granted.xp };
}

/** A grant under the first payment's own key would keep that payment from granting anything. */
function reservedField({ reason, idempotencyKey }: Grant): "reason" | "idempotencyKey" | null {
  if (reason === FIRST_PREMIUM_REASON) return "reason";
  return idempotencyKey.startsWith(`${FIRST_PREMIUM_REASON}:`) ? "idempotencyKey" : null;
}
