import type Stripe from "stripe";
import { couponIdOf, currentCoupon, currentPromotionCode } from "../billing/coupon-state.ts";
import { giveDiscount, quoteDiscount } from "../billing/discounts.ts";
import { idOfDiscount } from "../billing/discounts-in-force.ts";
import { endDiscount } from "../billing/end-discount.ts";
import type { World } from "../billing/world.ts";
import { StripeError } from "../http/errors.ts";
import { hash, removed, text } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { found } from "./find.ts";

const BASIL = {
  hint: "Discounts of all that a customer pays can no longer be set through the API; use discounts of its subscriptions or invoices.",
  before: text,
};

/** What versions before 2025-03-31.basil take for customers; today's have no parameter for it. */
export const CUSTOMER_COUPON = {
  coupon: removed("2025-03-31.basil", BASIL),
  promotion_code: removed("2025-03-31.basil", BASIL),
};

interface CouponWish {
  coupon?: string | null | undefined;
  promotion_code?: string | null | undefined;
}

/** The discount of a customer after a call: another one replaces it, an empty value takes it away. */
export function customerDiscount(
  world: World,
  customer: Stripe.Customer,
  { coupon, promotion_code }: CouponWish,
): Partial<Stripe.Customer> {
  const before = customer.discount ?? undefined;
  if (coupon || promotion_code) {
    const wish = { coupon: coupon ?? null, promotion_code: promotion_code ?? null };
    const quote = quoteDiscount(world, wish, {
      amount: Number.MAX_SAFE_INTEGER,
      currency: customer.currency ?? currencyOf(world, wish),
      customer: customer.id,
      param: coupon ? "coupon" : "promotion_code",
    });
    const discount = giveDiscount(world, quote, {
      customer: customer.id,
      ...(before && { instead: before }),
    });
    return { discount };
  }
  if ((coupon === undefined && promotion_code === undefined) || before === undefined) return {};
  endDiscount(world, before.id);
  return { discount: null };
}

/** A customer without a currency can be given a coupon of any. */
function currencyOf(world: World, wish: { coupon: string | null; promotion_code: string | null }): string {
  const code = currentPromotionCode(world, wish.promotion_code ?? "");
  const id = wish.coupon ?? (code === undefined ? "" : couponIdOf(code));
  return currentCoupon(world, id)?.currency ?? "usd";
}

/** Taking the discount off a customer or a subscription. */
export const discountRoutes: Route[] = [
  route("DELETE /v1/customers/:id/discount", hash({}), (call) => {
    const customer = found(call, "customers", "customer");
    const id = customer.deleted === true ? undefined : customer.discount?.id;
    if (id === undefined) throw noDiscount("customer", customer.id);
    endDiscount(call.world, id);
    return deletedDiscount(call, id);
  }),
  route("DELETE /v1/subscriptions/:id/discount", hash({}), (call) => {
    const subscription = found(call, "subscriptions", "subscription");
    const [first, ...others] = subscription.discounts.map(idOfDiscount);
    if (first === undefined) throw noDiscount("subscription", subscription.id);
    call.world.update("customer.subscription.updated", subscription.id, { discounts: [] });
    for (const id of [first, ...others]) endDiscount(call.world, id);
    return deletedDiscount(call, first);
  }),
];

function deletedDiscount({ world }: Call, id: string): object {
  const { end: _, ...discount } = world.store.get("discounts", id) ?? { id, object: "discount" };
  return { ...discount, deleted: true };
}

function noDiscount(noun: string, id: string): StripeError {
  const message = `No active discount for ${noun}: ${id}`;
  return new StripeError(404, { type: "invalid_request_error", code: "resource_missing", message });
}
