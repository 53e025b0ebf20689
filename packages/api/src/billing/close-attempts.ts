import { anyOf, type Tx } from "@liveassist/db";
import { checkoutAttempts, subscriptions } from "@liveassist/db/schema";
import { isOver } from "@liveassist/shared/subscription";
import { and, eq, inArray } from "drizzle-orm";
import type { Observation } from "./observe-customer.ts";

/**
 * Moves a user's purchase attempts on by what was just observed: an expired session closes its attempt, a complete one
 * is `paid` until its subscription is seen, then `settled` (requirements R23).
 */
export async function closeAttempts(
  tx: Tx,
  { userId, observed, now }: { userId: string; observed: Observation; now: number },
): Promise<void> {
  const states = new Map<string, "paid" | "expired">();
  for (const session of observed.sessions) {
    if (session.status !== "open") states.set(session.id, session.status === "complete" ? "paid" : "expired");
  }
  // What Stripe does not know any more was not bought either: it must not stand in the way for ever.
  if (observed.unknown.size > 0)
    await tx
      .update(checkoutAttempts)
      .set({ state: "expired", updatedAt: new Date(now) })
      .where(
        and(
          anyOf(checkoutAttempts.sessionId, [...observed.unknown]),
          eq(checkoutAttempts.userId, userId),
          inArray(checkoutAttempts.state, ["open", "paid"]),
        ),
      );
  for (const [sessionId, state] of states) {
    await tx
      .update(checkoutAttempts)
      .set({ state, updatedAt: new Date(now) })
      .where(
        and(
          eq(checkoutAttempts.sessionId, sessionId),
          eq(checkoutAttempts.userId, userId),
          eq(checkoutAttempts.state, "open"),
        ),
      );
  }
  const rows = await tx
    .select({ id: subscriptions.providerSubscriptionId, status: subscriptions.status })
    .from(subscriptions)
    .where(eq(subscriptions.userId, userId));
  const seen = new Set(rows.map((row) => row.id));
  const delivered = observed.sessions
    .filter((session) => session.subscriptionId !== null && seen.has(session.subscriptionId))
    .map((session) => session.id);
  const isLive = rows.some((row) => !isOver(row.status));
  if (!isLive && delivered.length === 0) return;
  await tx
    .update(checkoutAttempts)
    .set({ state: "settled", updatedAt: new Date(now) })
    .where(
      and(
        eq(checkoutAttempts.userId, userId),
        eq(checkoutAttempts.state, "paid"),
        isLive ? undefined : anyOf(checkoutAttempts.sessionId, delivered),
      ),
    );
}
