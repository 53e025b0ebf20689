import type Stripe from "stripe";
import type { CheckoutPlan } from "../store/tables.ts";
import { checkoutTerms } from "./checkout-terms.ts";
import type { World } from "./world.ts";

/** Writes what is due today, the discount and its share of each line onto an open session. */
export function showAmounts(world: World, id: string): Stripe.Checkout.Session {
  const session = world.store.get("sessions", id);
  const plan = world.store.get("checkoutPlans", id);
  if (session === undefined || plan === undefined) throw new Error(`No checkout session ${id}`);
  if (session.mode === "setup") return session;
  const { subtotal, dueToday } = checkoutTerms(world, session, plan);
  const off = subtotal - dueToday;
  world.change("checkoutPlans", id, { lineItems: shared(plan.lineItems, off) });
  const { coupon = null, promotion_code = null } = plan.discount ?? {};
  return world.change("sessions", id, {
    amount_subtotal: subtotal,
    amount_total: dueToday,
    discounts: plan.discount ? [{ coupon, promotion_code }] : [],
    total_details: { amount_discount: off, amount_shipping: 0, amount_tax: 0 },
  });
}

/** Each line bears its part of a discount; rounded over the sums, so that none bears more than it costs. */
function shared(lines: CheckoutPlan["lineItems"], off: number): Stripe.LineItem[] {
  const total = lines.reduce((sum, line) => sum + line.amount_subtotal, 0);
  let before = 0;
  let given = 0;
  return lines.map((line) => {
    before += line.amount_subtotal;
    const part = total === 0 ? 0 : Math.floor((off * before) / total) - given;
    given += part;
    return { ...line, amount_discount: part, amount_total: line.amount_subtotal - part };
  });
}
