import type Stripe from "stripe";
import type { World } from "./world.ts";

/** What a parameter `discounts[]` names: a coupon, or a promotion code that leads to one. */
export interface DiscountWish {
  coupon?: string | null;
  promotion_code?: string | null;
}

/** Who a discount is given to; exactly what Stripe shows on it. */
export interface DiscountOwner {
  customer: string | null;
  subscription?: string;
  invoice?: string;
  checkoutSession?: string;
}

/** A coupon as it would apply to an amount now, before anything is redeemed. Refusals are thrown as Stripe's errors. */
export interface DiscountQuote {
  coupon: Stripe.Coupon;
  promotionCode: Stripe.PromotionCode | null;
  /** In the currency's smallest unit; never more than the amount itself. */
  amountOff: number;
}

/** What a wish would take off `amount`. `param` names the parameter in errors. */
export function quoteDiscount(
  _world: World,
  _wish: DiscountWish,
  _at: { amount: number; currency: string; customer: string | null; param: string },
): DiscountQuote {
  throw new Error("not yet");
}

/** Redeems: writes the discount and counts the coupon and code as used. */
export function giveDiscount(_world: World, _quote: DiscountQuote, _owner: DiscountOwner): Stripe.Discount {
  throw new Error("not yet");
}

/** Discounts (ids) applied to lines, in order: the lines with their `discount_amounts`, and the sums per discount. */
export function discountLines(
  _world: World,
  lines: Stripe.InvoiceLineItem[],
  _discounts: readonly string[],
): { lines: Stripe.InvoiceLineItem[]; total_discount_amounts: Stripe.Invoice.TotalDiscountAmount[] } {
  return { lines, total_discount_amounts: [] };
}

/** The ids of the discounts that count for a subscription's invoice made now: its own, else its customer's. */
export function discountsInForce(_world: World, _subscription: Stripe.Subscription): string[] {
  return [];
}
