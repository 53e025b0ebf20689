import type { Db, Tx } from "@liveassist/db";
import { subscriptions } from "@liveassist/db/schema";
import { isKnownStatus, type SubscriptionFacts } from "@liveassist/shared/subscription";
import { eq } from "drizzle-orm";
import type { PriceOffer } from "../stripe-port.ts";
import { isOurs } from "./observe-customer.ts";

export type SubscriptionRow = typeof subscriptions.$inferSelect;

const at = (moment: Date | null): number | null => moment?.getTime() ?? null;

/** A stored row as the pure rules read it. */
export function toFacts(
  row: Omit<SubscriptionRow, "plan" | "createdAt">,
  price: PriceOffer,
): SubscriptionFacts {
  return {
    id: row.providerSubscriptionId,
    status: row.status,
    knownStatus: row.knownStatus !== null && isKnownStatus(row.knownStatus) ? row.knownStatus : null,
    counts: isOurs(row.items, price),
    createdAt: row.stripeCreatedAt.getTime(),
    periodStart: at(row.periodStart),
    periodEnd: at(row.paidUntil),
    trialEnd: at(row.trialEndsAt),
    cancelAt: at(row.cancelAt),
    cancelAtPeriodEnd: row.cancelAtPeriodEnd,
    everPaid: row.firstPaidAt !== null,
    openInvoiceAt: at(row.openInvoiceAt),
    observedAt: row.observedAt.getTime(),
  };
}

/** All subscriptions of all customers ever bound to a user. */
export function subscriptionRowsOf(db: Db | Tx, userId: string): Promise<SubscriptionRow[]> {
  return db.select().from(subscriptions).where(eq(subscriptions.userId, userId));
}
