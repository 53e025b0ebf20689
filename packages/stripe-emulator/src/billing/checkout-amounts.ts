import type Stripe from "stripe";
import { checkoutTerms } from "./checkout-terms.ts";
import type { World } from "./world.ts";

/** Writes what is due today, the discount and its share of each line onto an open session. */
export function showAmounts(world: World, id: string): Stripe.Checkout.Session {
  const session = world.store.get("sessions", id);
  const plan = world.store.get("checkoutPlans", id);
  if (session === undefined || plan === undefined) throw new Error(`No checkout session ${id}`);
  if (session.mode === "setup") return session;
  const { subtotal, dueToday, discount } = checkoutTerms(world, session, plan);
  const lineItems = plan.lineItems.map((line, place) => {
    const amount_discount = discount?.ofLines[place] ?? 0;
    return { ...line, amount_discount, amount_total: line.amount_subtotal - amount_discount };
  });
  world.change("checkoutPlans", id, { lineItems });
  const { coupon = null, promotion_code = null } = plan.discount ?? {};
  return world.change("sessions", id, {
    amount_subtotal: subtotal,
    amount_total: dueToday,
    discounts: plan.discount ? [{ coupon, promotion_code }] : [],
    total_details: { amount_discount: subtotal - dueToday, amount_shipping: 0, amount_tax: 0 },
  });
}
