import type { Tx } from "@liveassist/db";
import { provisionalGrants, stripeCustomers } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { computeGrants } from "./compute-grants.ts";
import { pendingEventsOf } from "./pending-events.ts";
import { settleStored } from "./settle-stored.ts";
import type { GrantRow } from "./stored-state.ts";

/**
 * Gives on the word of verified events what Stripe cannot confirm now (design I11), to the user that the customer is
 * already bound to. Marks no event, draws no number, grants no XP; the next observation decides. Never throws.
 */
export async function grantProvisionally(deps: Deps, customerId: string): Promise<void> {
  try {
    const [binding] = await deps.db
      .select()
      .from(stripeCustomers)
      .where(eq(stripeCustomers.customerId, customerId));
    if (!binding || binding.deletedAt !== null) return;
    const pending = await pendingEventsOf(deps.db, customerId);
    if (!pending.some((event) => event.facts.subject === "subscription")) return;
    const { userId } = binding;
    const { livemode, stripeApiVersion } = deps.settings;
    let given: readonly GrantRow[] = [];
    await settleStored(deps, userId, async (tx, { user, stored, terms }) => {
      if (user.deletedAt !== null) return [];
      const observedAt = await lastObserved(tx, customerId);
      const known = { userId, customerId, observedAt, pending, rows: stored.rows, granted: stored.grants };
      given = computeGrants({ ...known, livemode, stripeApiVersion, wall: deps.clock.wall() }, terms);
      if (given.length > 0)
        await tx
          .insert(provisionalGrants)
          .values([...given])
          .onConflictDoNothing();
      return given;
    });
    for (const grant of given) report(deps, grant);
  } catch (error) {
    deps.log.warn({ err: error, customerId }, "nothing could be granted while Stripe is away");
  }
}

/** Read under the user's lock: an observation may have been written since the sync failed. */
async function lastObserved(tx: Tx, customerId: string): Promise<number | null> {
  const [row] = await tx
    .select({ observedAt: stripeCustomers.observedAt })
    .from(stripeCustomers)
    .where(eq(stripeCustomers.customerId, customerId));
  return row?.observedAt?.getTime() ?? null;
}

function report(deps: Deps, { userId, subscriptionId, eventId, status, endsAt }: GrantRow): void {
  deps.metrics.count("liveassist_provisional_grants_total");
  deps.log.warn(
    { userId, subscriptionId, eventId, status, endsAt: endsAt.toISOString() },
    "granted on an event's word, because Stripe cannot be asked",
  );
}
