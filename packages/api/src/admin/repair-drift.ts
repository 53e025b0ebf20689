import { drifts } from "@liveassist/db/schema";
import { AppError } from "@liveassist/shared/errors";
import type { driftOutput } from "@liveassist/shared/inputs/admin";
import type { repairDriftInput } from "@liveassist/shared/inputs/operations";
import { and, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import { isTransient } from "../billing/fail-events.ts";
import { syncDrifted, whatRemains } from "../billing/reconcile/sync-drifted.ts";
import type { Actor, Deps } from "../deps.ts";
import { driftColumns, showDrift } from "./show-drift.ts";

/**
 * Asks Stripe about the customer of a drift now; that one sync repairs whatever was found of them, also when it takes Premium
 * away. What needs a person keeps saying why in `last_error`; a repaired one is left alone. Throws `NOT_FOUND`, and
 * `STRIPE_UNAVAILABLE` with nothing changed when Stripe is away.
 */
export async function repairDrift(
  deps: Deps,
  actor: Actor,
  { driftId }: z.infer<typeof repairDriftInput>,
): Promise<z.infer<typeof driftOutput>> {
  const drift = await find(deps, driftId);
  if (drift.repairedAt !== null) return showDrift(drift);
  const { customerId } = drift;
  const found = await deps.db
    .select(driftColumns)
    .from(drifts)
    .where(and(eq(drifts.customerId, customerId), isNull(drifts.repairedAt)));
  const reason = await syncDrifted(deps, customerId).catch((error: unknown) => {
    if (isTransient(error)) throw error;
    deps.log.error({ err: error, driftId, customerId }, "a drift could not be repaired");
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  });
  for (const one of found) await conclude(deps, one.id, reason ?? (await whatRemains(deps, one)));
  deps.log.info({ driftId, customerId, reason, userId: actor.userId }, "a drift was to be repaired");
  return showDrift(await find(deps, driftId));
}

async function find(deps: Deps, driftId: number) {
  const [drift] = await deps.db.select(driftColumns).from(drifts).where(eq(drifts.id, driftId));
  if (!drift) throw new AppError("NOT_FOUND", "There is no such difference.");
  return drift;
}

/** As a walk writes it down. Null: it is repaired. */
async function conclude(deps: Deps, driftId: number, reason: string | null): Promise<void> {
  const set =
    reason === null
      ? { repairedAt: new Date(deps.clock.wall()), lastError: null }
      : { lastError: reason.slice(0, 500) };
  await deps.db
    .update(drifts)
    .set(set)
    .where(and(eq(drifts.id, driftId), isNull(drifts.repairedAt)));
}
