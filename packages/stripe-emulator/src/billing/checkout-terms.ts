import type Stripe from "stripe";
import type { CheckoutPlan } from "../store/tables.ts";
import { DAY } from "./calendar.ts";
import type { World } from "./world.ts";

/** What completing a session now would mean; also what its page shows. */
export interface CheckoutTerms {
  items: { price: Stripe.Price; quantity: number }[];
  currency: string;
  /** Null: no trial, paid at once. */
  trialEnd: number | null;
  trialDays: number | null;
  dueToday: number;
  /** What each later period costs. */
  recurring: number;
  needsCard: boolean;
}

/** The terms of a session as of now. A trial counts from completion, not from the session's creation. */
export function checkoutTerms(
  world: World,
  session: Stripe.Checkout.Session,
  plan: CheckoutPlan,
): CheckoutTerms {
  const items = plan.items.flatMap(({ price: id, quantity }) => {
    const price = world.store.get("prices", id);
    return price === undefined ? [] : [{ price, quantity }];
  });
  const recurring = items.reduce((sum, item) => sum + (item.price.unit_amount ?? 0) * item.quantity, 0);
  const { trialDays, trialEnd: fixedEnd } = plan.subscription;
  const trialEnd = fixedEnd ?? (trialDays === null ? null : world.now() + trialDays * DAY);
  const dueToday = trialEnd === null ? recurring : 0;
  return {
    items,
    currency: session.currency ?? "usd",
    trialEnd,
    trialDays: trialEnd === null ? null : Math.round((trialEnd - world.now()) / DAY),
    dueToday,
    recurring,
    needsCard: session.payment_method_collection !== "if_required" || dueToday > 0,
  };
}
