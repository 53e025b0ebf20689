import { drifts } from "@liveassist/db/schema";
import type { driftOutput } from "@liveassist/shared/inputs/admin";
import { maskText } from "@liveassist/shared/mask";
import { sql } from "drizzle-orm";
import type { z } from "zod";

/** What the console shows of a drift: not all of what Stripe had answered, which is long. */
export const driftColumns = {
  id: drifts.id,
  walkId: drifts.walkId,
  customerId: drifts.customerId,
  subscriptionId: drifts.subscriptionId,
  userId: drifts.userId,
  cause: drifts.cause,
  fields: sql<unknown>`${drifts.detail} -> 'fields'`,
  isDowngrade: drifts.isDowngrade,
  foundAt: drifts.foundAt,
  repairedAt: drifts.repairedAt,
  lastError: drifts.lastError,
};

type DriftRow = Pick<typeof drifts.$inferSelect, Exclude<keyof typeof driftColumns, "fields">>;

/** A difference as the console shows it. */
export function showDrift(row: DriftRow & { fields: unknown }): z.infer<typeof driftOutput> {
  const { fields } = row;
  return {
    id: row.id,
    walk_id: row.walkId,
    customer_id: row.customerId,
    subscription_id: row.subscriptionId,
    user_id: row.userId,
    cause: row.cause,
    fields: Array.isArray(fields) ? fields.map(String) : [],
    is_downgrade: row.isDowngrade,
    found_at: row.foundAt.toISOString(),
    repaired_at: row.repairedAt?.toISOString() ?? null,
    last_error: row.lastError === null ? null : maskText(row.lastError),
  };
}
