import type Stripe from "stripe";
import { StripeError } from "../http/errors.ts";
import type { CheckoutPlan } from "../store/tables.ts";
import { addIntervals } from "./calendar.ts";
import { type DiscountQuote, quoteDiscount } from "./discounts.ts";
import type { World } from "./world.ts";

/** What a session's discount takes off an amount now; null: it has none, or it cannot be redeemed any more. */
export function quoteOfSession(
  world: World,
  { session, plan, amount }: { session: Stripe.Checkout.Session; plan: CheckoutPlan; amount: number },
): DiscountQuote | null {
  if (!plan.discount) return null;
  const customer = typeof session.customer === "string" ? session.customer : null;
  const currency = session.currency ?? "usd";
  try {
    return quoteDiscount(world, plan.discount, { amount, currency, customer, param: "discounts[0]" });
  } catch (error) {
    if (error instanceof StripeError) return null;
    throw error;
  }
}

/** Whether a coupon redeemed now still counts for the charge at `next` (unix seconds). */
export function countsForNext(
  world: World,
  coupon: Stripe.Coupon,
  { next, isFirst }: { next: number; isFirst: boolean },
): boolean {
  if (coupon.duration === "forever") return true;
  if (coupon.duration === "once") return isFirst;
  const months = { interval: "month", interval_count: coupon.duration_in_months ?? 1 };
  return next < addIntervals(world.now(), months, 1);
}

/** What a coupon gives, in words: "20% off for 3 months". */
export function couponText(coupon: Stripe.Coupon): string {
  const much =
    coupon.percent_off === null
      ? `${((coupon.amount_off ?? 0) / 100).toFixed(2)} ${(coupon.currency ?? "").toUpperCase()} off`
      : `${coupon.percent_off}% off`;
  if (coupon.duration !== "repeating") return much;
  const months = coupon.duration_in_months ?? 1;
  return `${much} for ${months} ${months === 1 ? "month" : "months"}`;
}
