import type Stripe from "stripe";
import { StripeError } from "../http/errors.ts";
import { showAmounts } from "./checkout-amounts.ts";
import { quoteDiscount } from "./discounts.ts";
import type { World } from "./world.ts";

export type PromotionOutcome = { kind: "ok" } | { kind: "refused"; reason: string };

const INVALID: PromotionOutcome = { kind: "refused", reason: "This code is invalid." };

/** A code typed on the page of an open session: it takes effect at once, and is redeemed when the session completes. */
export function applyPromotionCode(world: World, sessionId: string, code: string): PromotionOutcome {
  const session = world.store.get("sessions", sessionId);
  if (session?.status !== "open" || session.allow_promotion_codes !== true) return INVALID;
  const found = world.store
    .where("promotionCodes", "code", code.trim().toLowerCase())
    .filter((row) => row.customer === null || row.customer === session.customer);
  const promotion = found.find((row) => row.active) ?? found[0];
  if (promotion === undefined) return INVALID;
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

function refusalOf(
  world: World,
  session: Stripe.Checkout.Session,
  promotion: Stripe.PromotionCode,
): string | null {
  if (promotion.expires_at !== null && promotion.expires_at <= world.now()) return "This code has expired.";
  if (!promotion.active) return "This code is invalid.";
  const at = {
    amount: session.amount_subtotal ?? 0,
    currency: session.currency ?? "usd",
    customer: typeof session.customer === "string" ? session.customer : null,
    param: "discounts[0][promotion_code]",
  };
  try {
    quoteDiscount(world, { promotion_code: promotion.id }, at);
    return null;
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    const { minimum_amount: minimum, first_time_transaction: first } = promotion.restrictions;
    if (minimum !== null && at.amount < minimum) return "This order is too small for this code.";
    if (first) return "This code is for first orders only.";
    return "This code cannot be used for this order.";
  }
}
