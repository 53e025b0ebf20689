import type Stripe from "stripe";
import { StripeError } from "../http/errors.ts";
import { addIntervals } from "./calendar.ts";
import { type DiscountQuote, type DiscountWish, quoteDiscount, quoteInherited } from "./discounts.ts";
import type { World } from "./world.ts";

/** A row of what a session sells, with what it costs now. */
export interface SoldLine {
  amount: number;
  product: string;
}

/**
 * What a session's discount takes off its lines now; null: it has none, or it cannot be redeemed any more. `least` is
 * what a code's least amount is held against.
 */
export function quoteOfSession(
  world: World,
  session: Stripe.Checkout.Session,
  { wish, lines, least }: { wish: DiscountWish | null | undefined; lines: SoldLine[]; least: number },
): DiscountQuote | null {
  const customer = typeof session.customer === "string" ? session.customer : null;
  const currency = session.currency ?? "usd";
  // A subscription without a discount of its own inherits its customer's (SDK, SubscriptionCreateParams.discounts).
  const inherits = session.mode === "subscription" && customer !== null;
  if (!wish) return inherits ? quoteInherited(world, customer, { lines, currency }) : null;
  const at = { amount: least, currency, customer, param: "discounts[0]" };
  try {
    return quoteDiscount(world, wish, { ...at, lines });
  } catch (error) {
    if (error instanceof StripeError) return null;
    throw error;
  }
}

/** Whether a coupon redeemed now still counts for the charge at `next` (unix seconds), when today took something off. */
export function countsForNext(
  world: World,
  coupon: Stripe.Coupon,
  { next, isUsed }: { next: number; isUsed: boolean },
): boolean {
  if (coupon.duration === "forever") return true;
  if (coupon.duration === "once") return !isUsed;
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
