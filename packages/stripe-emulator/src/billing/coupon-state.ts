import type Stripe from "stripe";
import type { CouponTerms } from "../store/tables.ts";
import type { World } from "./world.ts";

/** What a coupon or promotion code holds besides what it shows. */
export function termsOf(world: World, id: string): CouponTerms {
  return world.store.get("couponTerms", id) ?? { id, products: null, currencies: null };
}

/** A coupon as it is now: `valid` changes with time. Deleted ones are gone. */
export function currentCoupon(world: World, id: string): Stripe.Coupon | undefined {
  const coupon = world.store.get("coupons", id);
  return coupon && { ...coupon, valid: !isExpired(world, coupon) && !isUsedUp(coupon) };
}

/** A promotion code as it is now: active only while it and its coupon can be redeemed. */
export function currentPromotionCode(world: World, id: string): Stripe.PromotionCode | undefined {
  const code = world.store.get("promotionCodes", id);
  return code && { ...code, active: code.active && isRedeemable(world, code) };
}

/** Whether nothing but the switch `active` stands in the way of a promotion code. */
export function isRedeemable(world: World, code: Stripe.PromotionCode): boolean {
  const coupon = currentCoupon(world, couponIdOf(code));
  const expired = code.expires_at !== null && code.expires_at <= world.now();
  return coupon?.valid === true && !expired && !isUsedUp(code);
}

/** The coupon that a promotion code leads to. */
export function couponIdOf({ promotion: { coupon } }: Stripe.PromotionCode): string {
  return typeof coupon === "string" ? coupon : (coupon?.id ?? "");
}

/** Past the last moment at which it can be redeemed. */
export function isExpired(world: World, coupon: Stripe.Coupon): boolean {
  return coupon.redeem_by !== null && coupon.redeem_by < world.now();
}

/** Redeemed as often as it can be. */
export function isUsedUp(row: { max_redemptions: number | null; times_redeemed: number }): boolean {
  return row.max_redemptions !== null && row.times_redeemed >= row.max_redemptions;
}

/**
 * The active promotion code that a customer typed, whatever its case: one that is theirs before one for everybody.
 * Null: there is none.
 */
export function activePromotionCode(
  world: World,
  code: string,
  customer: string | null,
): Stripe.PromotionCode | null {
  const active = world.store
    .where("promotionCodes", "code", code.trim().toLowerCase())
    .flatMap((row) => currentPromotionCode(world, row.id) ?? [])
    .filter((row) => row.active);
  const own = active.find((row) => row.customer !== null && row.customer === customer);
  return own ?? active.find((row) => row.customer === null) ?? active[0] ?? null;
}
