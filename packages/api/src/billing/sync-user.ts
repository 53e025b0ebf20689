import { stripeCustomers } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import type { Road } from "./note-sync.ts";
import { syncCustomer } from "./sync-customer.ts";

export interface BoundCustomer {
  readonly customerId: string;
  readonly observedAt: Date | null;
  readonly deletedAt: Date | null;
}

/** All Stripe customers ever bound to a user, oldest first. */
export function customersOf(deps: Deps, userId: string): Promise<BoundCustomer[]> {
  return deps.db
    .select({
      customerId: stripeCustomers.customerId,
      observedAt: stripeCustomers.observedAt,
      deletedAt: stripeCustomers.deletedAt,
    })
    .from(stripeCustomers)
    .where(eq(stripeCustomers.userId, userId))
    .orderBy(stripeCustomers.createdAt);
}

/** Syncs every customer of a user now; whoever asks meanwhile shares the answer. Ends in `StripeError` when Stripe cannot be asked. */
export function syncUser(deps: Deps, userId: string, road?: Road): Promise<void> {
  return deps.coalesce(`sync-user:${userId}`, () => syncEach(deps, userId, road));
}

/** A sync that began after this call: it has seen whatever Stripe did before. For answers that must not be older than the call. */
export const syncUserAfresh = (deps: Deps, userId: string, road?: Road): Promise<void> =>
  syncEach(deps, userId, road);

/** An old customer that Stripe says nothing about must not hide what was paid on a newer one; that it failed is said after. */
async function syncEach(deps: Deps, userId: string, road: Road | undefined): Promise<void> {
  const failures: unknown[] = [];
  for (const { customerId } of await customersOf(deps, userId))
    await syncCustomer(deps, customerId, road).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
