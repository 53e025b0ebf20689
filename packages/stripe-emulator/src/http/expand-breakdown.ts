import type Stripe from "stripe";
import { couponIdOf, currentCoupon, currentPromotionCode } from "../billing/coupon-state.ts";
import type { World } from "../billing/world.ts";
import { liveCustomer } from "../objects/customer.ts";
import { buildDiscount } from "../objects/discount.ts";

/** `total_details.breakdown` of a checkout session: what its discount comes to; there are no taxes. */
export function breakdown(world: World, owner: Record<string, unknown>): unknown {
  const session = world.store.get("sessions", String(owner["id"]));
  const amount = session?.total_details?.amount_discount ?? 0;
  const discount = session === undefined || amount === 0 ? null : discountOf(world, session);
  return { discounts: discount === null ? [] : [{ amount, discount }], taxes: [] };
}

/** The one that was given, else the one that the session will give, else that of the customer. */
function discountOf(world: World, session: Stripe.Checkout.Session): Stripe.Discount | null {
  const { store } = world;
  const { customer, subscription } = session;
  const rows =
    typeof customer === "string" ? store.where("discounts", "customer", customer) : store.all("discounts");
  const given = rows.find(
    (row) =>
      row.checkout_session === session.id || (row.subscription !== null && row.subscription === subscription),
  );
  if (given !== undefined) return given;
  const wish = session.discounts?.[0];
  const owner = { customer: typeof customer === "string" ? customer : null, checkoutSession: session.id };
  if (wish === undefined) return (owner.customer && liveCustomer(world, owner.customer)?.discount) || null;
  const code = currentPromotionCode(world, idOf(wish.promotion_code));
  const coupon = currentCoupon(world, code === undefined ? idOf(wish.coupon) : couponIdOf(code));
  return coupon === undefined ? null : buildDiscount(world, { coupon, promotionCode: code ?? null, owner });
}

function idOf(value: string | { id: string } | null): string {
  return typeof value === "string" ? value : (value?.id ?? "");
}
