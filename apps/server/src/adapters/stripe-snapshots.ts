import type {
  CheckoutSnapshot,
  CustomerSnapshot,
  InvoiceSnapshot,
  PriceOffer,
  SubscriptionSnapshot,
} from "@liveassist/api";
import type Stripe from "stripe";

/** Stripe counts seconds, we count milliseconds. */
const ms = (seconds: number | null | undefined): number | null =>
  typeof seconds === "number" ? seconds * 1000 : null;
const idOf = (value: string | { readonly id: string } | null | undefined): string | null =>
  typeof value === "string" ? value : (value?.id ?? null);
const latest = (values: readonly (number | null | undefined)[]): number | null => {
  const numbers = values.filter((value) => typeof value === "number");
  return numbers.length > 0 ? Math.max(...numbers) : null;
};

/** A customer; a deleted one still answers, with `deleted: true` (stripe-facts Q). */
export function toCustomer(customer: Stripe.Customer | Stripe.DeletedCustomer): CustomerSnapshot {
  if (customer.deleted) return { id: customer.id, deleted: true, userId: null };
  return { id: customer.id, deleted: false, userId: customer.metadata?.["userId"] ?? null };
}

/** A price with one amount, as it is at Stripe. */
export function toPrice(price: Stripe.Price): PriceOffer {
  return {
    priceId: price.id,
    productId: idOf(price.product) ?? "",
    amountOre: price.unit_amount ?? 0,
    currency: price.currency,
    interval: price.recurring?.interval ?? null,
  };
}

/** Only these three are known; a word of the future is not paid, so it counts as open. */
function statusOf(status: string | null): CheckoutSnapshot["status"] {
  if (status === "complete") return "complete";
  return status === "expired" ? "expired" : "open";
}

/** A checkout session with everything it says about whose it is. */
export function toCheckout(session: Stripe.Checkout.Session): CheckoutSnapshot {
  const named = [session.client_reference_id, session.metadata?.["userId"]];
  return {
    id: session.id,
    status: statusOf(session.status),
    url: session.url,
    customerId: idOf(session.customer),
    subscriptionId: idOf(session.subscription),
    userIds: [...new Set(named.filter((id): id is string => typeof id === "string" && id !== ""))],
    attemptId: session.metadata?.["attemptId"] ?? null,
    expiresAt: ms(session.expires_at),
  };
}

/** Where things lived before the basil version (stripe-facts §1): something that stands in for Stripe may still say so. */
interface BeforeBasil {
  readonly current_period_start?: number | null;
  readonly current_period_end?: number | null;
  readonly subscription?: string | { readonly id: string } | null;
}

/** A subscription; its period is that of its items. A moment of birth that is left out is that of its trial or period. */
export function toSubscription(subscription: Stripe.Subscription & BeforeBasil): SubscriptionSnapshot {
  const items = subscription.items?.data ?? [];
  const start = latest(items.map((item) => item.current_period_start)) ?? subscription.current_period_start;
  const end = latest(items.map((item) => item.current_period_end)) ?? subscription.current_period_end;
  return {
    id: subscription.id,
    customerId: idOf(subscription.customer) ?? "",
    userId: subscription.metadata?.["userId"] ?? null,
    status: subscription.status,
    items: items.map(({ price }) => ({
      price: price.id,
      product: idOf(price.product) ?? "",
      unitAmount: price.unit_amount,
    })),
    createdAt: ms(subscription.created) ?? ms(subscription.trial_start) ?? ms(start) ?? 0,
    periodStart: ms(start),
    periodEnd: ms(end),
    trialStart: ms(subscription.trial_start),
    trialEnd: ms(subscription.trial_end),
    cancelAt: ms(subscription.cancel_at),
    cancelAtPeriodEnd: subscription.cancel_at_period_end ?? false,
    endedAt: ms(subscription.ended_at),
    endReason: subscription.cancellation_details?.reason ?? null,
  };
}

/** An invoice with the subscription it belongs to. */
export function toInvoice(invoice: Stripe.Invoice & BeforeBasil): InvoiceSnapshot {
  const paidAt = ms(invoice.status_transitions?.paid_at);
  return {
    id: invoice.id,
    subscriptionId: idOf(invoice.parent?.subscription_details?.subscription ?? invoice.subscription),
    status: invoice.status,
    amountPaid: invoice.amount_paid ?? 0,
    createdAt: ms(invoice.created) ?? paidAt ?? ms(invoice.period_start) ?? 0,
    paidAt,
  };
}
