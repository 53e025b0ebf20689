import type { Tx } from "@liveassist/db";
import { billingFlags, provisionalGrants } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import type { Attempt } from "./compute-attempts.ts";
import type { StoredFlag } from "./compute-duplicates.ts";
import { type SubscriptionRow, subscriptionRowsOf } from "./load-facts.ts";
import { attemptsOf } from "./move-attempts.ts";

export type GrantRow = typeof provisionalGrants.$inferSelect;

/** What is stored of a user's billing besides their own row. */
export interface StoredState {
  readonly rows: readonly SubscriptionRow[];
  readonly attempts: readonly Attempt[];
  readonly grants: readonly GrantRow[];
  readonly flags: readonly StoredFlag[];
}

/** Reads it under the user's row lock, in statements that began after the lock was taken: one round trip for all. */
export async function storedState(tx: Tx, userId: string): Promise<StoredState> {
  const { kind, objectId, keptId } = billingFlags;
  const [rows, attempts, grants, flags] = await Promise.all([
    subscriptionRowsOf(tx, userId),
    attemptsOf(tx, userId),
    tx.select().from(provisionalGrants).where(eq(provisionalGrants.userId, userId)),
    tx.select({ kind, objectId, keptId }).from(billingFlags).where(eq(billingFlags.userId, userId)),
  ]);
  return { rows, attempts, grants, flags };
}

/** Grants as the pure rules read them. */
export const asGrants = (rows: readonly GrantRow[]) =>
  rows.map(({ subscriptionId, status, endsAt }) => ({ subscriptionId, status, endsAt: endsAt.getTime() }));
