import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import { randomText } from "../ids.ts";

export interface CouponInput {
  id: string | null;
  off: { percent: number } | { amount: number; currency: string };
  duration: Stripe.Coupon.Duration;
  months: number | null;
  maxRedemptions: number | null;
  redeemBy: number | null;
  name: string | null;
  metadata: Stripe.Metadata;
}

/** A coupon nobody has redeemed yet. Without an id it gets one of eight characters, as Stripe's have. */
export function buildCoupon(world: World, input: CouponInput): Stripe.Coupon {
  const { off } = input;
  return {
    id: input.id ?? randomText(world.random, 8),
    object: "coupon",
    amount_off: "amount" in off ? off.amount : null,
    created: world.now(),
    currency: "amount" in off ? off.currency : null,
    duration: input.duration,
    duration_in_months: input.months,
    livemode: false,
    max_redemptions: input.maxRedemptions,
    metadata: input.metadata,
    name: input.name,
    percent_off: "percent" in off ? off.percent : null,
    redeem_by: input.redeemBy,
    times_redeemed: 0,
    valid: true,
  };
}
