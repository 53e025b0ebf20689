import type Stripe from "stripe";
import { StripeError } from "../http/errors.ts";
import { showAmounts } from "./checkout-amounts.ts";
import { checkoutTerms } from "./checkout-terms.ts";
import { activePromotionCode } from "./coupon-state.ts";
import { quoteDiscount } from "./discounts.ts";
import type { World } from "./world.ts";

export type PromotionOutcome = { kind: "ok" } | { kind: "refused"; reason: string };

const INVALID: PromotionOutcome = { kind: "refused", reason: "This code is invalid." };

/** A code typed on the page of an open session: it takes effect at once, and is redeemed when the session completes. */
export function applyPromotionCode(world: World, sessionId: string, code: string): PromotionOutcome {
  const session = world.store.get("sessions", sessionId);
  if (session?.status !== "open" || session.allow_promotion_codes !== true) return INVALID;
  const customer = typeof session.customer === "string" ? session.customer : null;
  const promotion = activePromotionCode(world, code, customer);
  if (promotion === null) return { kind: "refused", reason: whyInactive(world, code) };
  const reason = refusalOf(world, session, promotion);
  if (reason !== null) return { kind: "refused", reason };
  world.change("checkoutPlans", sessionId, { discount: { promotion_code: promotion.id } });
  showAmounts(world, sessionId);
  return { kind: "ok" };
}

/** Takes the code off again. Discounts of the shop stay. */
export function removePromotionCode(world: World, sessionId: string): void {
  const session = world.store.get("sessions", sessionId);
  if (session?.status !== "open" || session.allow_promotion_codes !== true) return;
  world.change("checkoutPlans", sessionId, { discount: null });
  showAmounts(world, sessionId);
}

function whyInactive(world: World, code: string): string {
  const known = world.store.where("promotionCodes", "code", code.trim().toLowerCase());
  const expired = known.some(({ expires_at }) => expires_at !== null && expires_at <= world.now());
  return expired ? "This code has expired." : "This code is invalid.";
}

function refusalOf(
  world: World,
  session: Stripe.Checkout.Session,
  promotion: Stripe.PromotionCode,
): string | null {
  const plan = world.store.get("checkoutPlans", session.id);
  if (plan === undefined) return "This code is invalid.";
  const { lines } = checkoutTerms(world, session, plan);
  const customer = typeof session.customer === "string" ? session.customer : null;
  // A guest may have bought before (the SDK's comment on customer_creation).
  const isGuest = customer === null && session.customer_creation === "if_required";
  if (isGuest && promotion.restrictions.first_time_transaction) return "This code is invalid.";
  const param = "discounts[0][promotion_code]";
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  const sold = lines.map((line) => ({ amount: line.amount, product: String(line.price.product) }));
  try {
    const at = { amount, currency: session.currency ?? "usd", customer, param, lines: sold };
    quoteDiscount(world, { promotion_code: promotion.id }, at);
    return null;
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    const { minimum_amount: minimum } = promotion.restrictions;
    if (minimum !== null && amount < minimum) return "This order is too small for this code.";
    if (error.body.code === "promotion_code_customer_not_first_time")
      return "This code is for first orders only.";
    return "This code cannot be used for this order.";
  }
}
