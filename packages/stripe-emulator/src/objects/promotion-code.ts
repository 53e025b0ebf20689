import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import { randomText } from "../ids.ts";

export interface PromotionCodeInput {
  coupon: string;
  code: string | null;
  active: boolean;
  customer: string | null;
  expiresAt: number | null;
  maxRedemptions: number | null;
  metadata: Stripe.Metadata;
  restrictions: Stripe.PromotionCode.Restrictions;
}

/** A code that people can type; without one of its own it gets eight characters. */
export function buildPromotionCode(world: World, input: PromotionCodeInput): Stripe.PromotionCode {
  return {
    id: world.id("promo"),
    object: "promotion_code",
    active: input.active,
    code: input.code ?? randomText(world.random, 8).toUpperCase(),
    created: world.now(),
    customer: input.customer,
    customer_account: null,
    expires_at: input.expiresAt,
    livemode: false,
    max_redemptions: input.maxRedemptions,
    metadata: input.metadata,
    promotion: { coupon: input.coupon, type: "coupon" },
    restrictions: input.restrictions,
    times_redeemed: 0,
  };
}
