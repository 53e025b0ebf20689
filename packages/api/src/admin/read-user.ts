import { billingFlags, stripeCustomers, subscriptions, trail, users } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { readUserInput, userOutput } from "@liveassist/shared/inputs/operations";
import { and, desc, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { showPerson } from "./show-person.ts";

const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

/** One user as they are stored, with their customers and subscriptions. Asks Stripe nothing. Ends in `NOT_FOUND`. */
export async function readUser(
  { db }: Deps,
  _actor: Actor,
  { userId }: z.infer<typeof readUserInput>,
): Promise<z.infer<typeof userOutput>> {
  const lastOf = async (kind: "push" | "ack") => {
    const isIt = and(eq(trail.userId, userId), eq(trail.kind, kind));
    const [last] = await db
      .select({ at: trail.at })
      .from(trail)
      .where(isIt)
      .orderBy(desc(trail.at), desc(trail.id))
      .limit(1);
    return iso(last?.at);
  };
  const [[user], customers, owned, openFlags, lastPushedAt, lastConfirmedAt] = await Promise.all([
    db.select().from(users).where(eq(users.id, userId)),
    db
      .select()
      .from(stripeCustomers)
      .where(eq(stripeCustomers.userId, userId))
      .orderBy(stripeCustomers.createdAt),
    db
      .select()
      .from(subscriptions)
      .where(eq(subscriptions.userId, userId))
      .orderBy(desc(subscriptions.stripeCreatedAt)),
    db.$count(billingFlags, and(eq(billingFlags.userId, userId), isNull(billingFlags.resolvedAt))),
    lastOf("push"),
    lastOf("ack"),
  ]);
  if (!user) throw new AppError("NOT_FOUND", "There is no such user.");
  return {
    ...showPerson(user),
    version: user.version,
    cancel_at: iso(user.cancelAt),
    trial_used_at: iso(user.trialUsedAt),
    image_counter: user.imageCounter,
    customers: customers.map((one) => ({
      customer_id: one.customerId,
      observed_at: iso(one.observedAt),
      deleted_at: iso(one.deletedAt),
    })),
    subscriptions: owned.map((one) => ({
      subscription_id: one.providerSubscriptionId,
      customer_id: one.customerId,
      status: one.status,
      plan: one.plan,
      paid_until: iso(one.paidUntil),
      trial_ends_at: iso(one.trialEndsAt),
      cancel_at: iso(one.cancelAt),
      ended_at: iso(one.endedAt),
      first_paid_at: iso(one.firstPaidAt),
      observed_at: one.observedAt.toISOString(),
    })),
    open_flags: openFlags,
    last_pushed_at: lastPushedAt,
    last_confirmed_at: lastConfirmedAt,
  };
}
