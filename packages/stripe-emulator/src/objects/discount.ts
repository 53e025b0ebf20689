import type Stripe from "stripe";
import { addIntervals } from "../billing/calendar.ts";
import type { DiscountOwner } from "../billing/discounts.ts";
import type { World } from "../billing/world.ts";

/** A coupon given to somebody, from now on; a repeating one ends after its calendar months. */
export function buildDiscount(
  world: World,
  input: { coupon: Stripe.Coupon; promotionCode: Stripe.PromotionCode | null; owner: DiscountOwner },
): Stripe.Discount {
  const { coupon, owner } = input;
  const start = world.now();
  const months = coupon.duration === "repeating" ? coupon.duration_in_months : null;
  return {
    id: world.id("di"),
    object: "discount",
    // Stripe shows it for purchases only, not for subscriptions.
    checkout_session: owner.subscription === undefined ? (owner.checkoutSession ?? null) : null,
    customer: owner.customer,
    customer_account: null,
    end: months === null ? null : addIntervals(start, { interval: "month", interval_count: 1 }, months),
    invoice: owner.invoice ?? null,
    invoice_item: owner.invoiceItem ?? null,
    promotion_code: input.promotionCode?.id ?? null,
    source: { coupon: coupon.id, type: "coupon" },
    start,
    subscription: owner.subscription ?? null,
    subscription_item: owner.subscriptionItem ?? null,
  };
}
