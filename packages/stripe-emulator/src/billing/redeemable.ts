import type Stripe from "stripe";
import { badState, missing, type StripeError } from "../http/errors.ts";
import { couponIdOf, currentCoupon, currentPromotionCode, isUsedUp, termsOf } from "./coupon-state.ts";
import type { DiscountWish } from "./discounts.ts";
import type { World } from "./world.ts";

/** What a discount would be taken off, for whom, and which parameter asks for it. */
export interface Purchase {
  amount: number;
  currency: string;
  customer: string | null;
  param: string;
}

/**
 * The coupon that a wish leads to, and the promotion code if it came by one; throws Stripe's error when it cannot be
 * redeemed. The words about customers with prior transactions, expired and used-up coupons were seen at Stripe; those
 * about another customer, an inactive code, the least amount and the currency are unverified.
 */
export function redeemable(
  world: World,
  wish: DiscountWish,
  purchase: Purchase,
): { coupon: Stripe.Coupon; promotionCode: Stripe.PromotionCode | null } {
  if (wish.coupon && wish.promotion_code)
    throw badState("You may only specify one of these parameters: coupon, promotion_code.", {
      code: "parameters_exclusive",
      param: purchase.param,
    });
  if (wish.promotion_code) return byCode(world, wish.promotion_code, purchase);
  const param = paramOf(purchase, "coupon");
  if (!wish.coupon)
    throw badState("Each discount must have a coupon or a promotion_code.", {
      code: "parameter_missing",
      param: purchase.param,
    });
  return { coupon: validCoupon(world, wish.coupon, { ...purchase, param }), promotionCode: null };
}

function byCode(
  world: World,
  id: string,
  purchase: Purchase,
): { coupon: Stripe.Coupon; promotionCode: Stripe.PromotionCode } {
  const param = paramOf(purchase, "promotion_code");
  const promotionCode = currentPromotionCode(world, id);
  if (promotionCode === undefined) throw missing("promotion code", id, param);
  if (!promotionCode.active) throw badState("This promotion code is expired or inactive.", { param });
  const { customer, restrictions } = promotionCode;
  if (customer !== null && customer !== purchase.customer)
    throw refused("the associated customer cannot use it.", { param });
  if (restrictions.first_time_transaction && hasPaid(world, purchase.customer))
    throw refused("the associated customer has prior transactions.", {
      code: "promotion_code_customer_not_first_time",
      param,
    });
  const least = leastAmount(world, promotionCode, purchase.currency);
  if (least !== null && purchase.amount < least)
    throw refused("the associated purchase does not meet the minimum amount requirement.", { param });
  return { coupon: validCoupon(world, couponIdOf(promotionCode), { ...purchase, param }), promotionCode };
}

function validCoupon(world: World, id: string, { currency, param }: Purchase): Stripe.Coupon {
  const coupon = currentCoupon(world, id);
  if (coupon === undefined) throw missing("coupon", id, param);
  if (isUsedUp(coupon))
    throw badState(`Coupon ${id} is used up and cannot be applied.`, { code: "coupon_expired", param });
  if (!coupon.valid) throw badState(`Coupon expired: ${id}`, { code: "coupon_expired", param });
  if (coupon.amount_off !== null && amountOffIn(coupon, currency, termsOf(world, id).currencies) === null)
    throw badState(`The coupon ${id} is in ${coupon.currency}, which is not the currency ${currency}.`, {
      param,
    });
  return coupon;
}

/** What a coupon takes off in this currency; null: it cannot be used with it. */
export function amountOffIn(
  coupon: Stripe.Coupon,
  currency: string,
  currencies: Record<string, number> | null,
): number | null {
  return coupon.currency === currency ? coupon.amount_off : (currencies?.[currency] ?? null);
}

/** In a currency without a least amount of its own the code cannot be met (unverified). */
function leastAmount(world: World, code: Stripe.PromotionCode, currency: string): number | null {
  const { minimum_amount, minimum_amount_currency } = code.restrictions;
  if (minimum_amount === null || minimum_amount_currency === currency) return minimum_amount;
  return termsOf(world, code.id).currencies?.[currency] ?? Number.POSITIVE_INFINITY;
}

/** "Customers without any successful payments or invoices", as the type of the restriction says. */
function hasPaid(world: World, customer: string | null): boolean {
  if (customer === null) return false;
  const { store } = world;
  return (
    store.where("charges", "customer", customer).some((charge) => charge.status === "succeeded") ||
    store.where("invoices", "customer", customer).some((invoice) => invoice.status === "paid")
  );
}

function refused(why: string, at: { code?: string; param: string }): StripeError {
  return badState(`This promotion code cannot be redeemed because ${why}`, at);
}

/** `discounts[0]` → `discounts[0][coupon]`; parameters that are the coupon itself stay as they are. */
function paramOf({ param }: Purchase, key: "coupon" | "promotion_code"): string {
  return param.endsWith(key) || param.endsWith(`${key}]`) ? param : `${param}[${key}]`;
}
