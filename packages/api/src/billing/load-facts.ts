import type { Db, Tx } from "@liveassist/db";
import { subscriptions } from "@liveassist/db/schema";
import { isKnownStatus, type SubscriptionFacts } from "@liveassist/shared/subscription";
import { eq } from "drizzle-orm";
import type { PriceOffer } from "../stripe-port.ts";

/** A stored subscription, as the rules need it. */
export type SubscriptionRow = Omit<typeof subscriptions.$inferSelect, "createdAt">;

const at = (moment: Date | null): number | null => moment?.getTime() ?? null;

/** True when a subscription has an item of our price or product: a changed price goes on counting (requirements R9). */
export const isOurs = (
  items: readonly { readonly price: string; readonly product: string }[],
  price: PriceOffer,
): boolean =>
  items.some(
    (item) => item.price === price.priceId || (item.product !== "" && item.product === price.productId),
  );

/** A stored row as the pure rules read it. */
export function toFacts(row: Omit<SubscriptionRow, "plan">, price: PriceOffer): SubscriptionFacts {
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
