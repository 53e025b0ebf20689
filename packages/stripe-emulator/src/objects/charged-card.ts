import type Stripe from "stripe";
import { DAY } from "../billing/calendar.ts";
import type { World } from "../billing/world.ts";

/** How long money can be held on a card before it goes back by itself. */
export const HOLD_SECONDS = 7 * DAY;

/** The card as a charge shows it. `held`: authorized and to be captured. */
export function chargedCard(
  world: World,
  {
    intent,
    method,
    threeDSecure,
  }: { intent: Stripe.PaymentIntent; method: Stripe.PaymentMethod; threeDSecure: boolean },
  held: boolean,
): Stripe.Charge.PaymentMethodDetails.Card {
  const card = method.card;
  return {
    amount_authorized: held ? intent.amount : null,
    authorization_code: null,
    brand: card?.brand ?? null,
    ...(held && { capture_before: world.now() + HOLD_SECONDS }),
    checks: card?.checks ?? null,
    country: card?.country ?? null,
    electronic_commerce_indicator: null,
    exp_month: card?.exp_month ?? 12,
    exp_year: card?.exp_year ?? 2030,
    fingerprint: card?.fingerprint ?? null,
    funding: card?.funding ?? null,
    installments: null,
    last4: card?.last4 ?? null,
    mandate: null,
    network: card?.brand ?? null,
    network_transaction_id: null,
    regulated_status: "unregulated",
    three_d_secure: threeDSecure
      ? {
          authentication_flow: "challenge",
          electronic_commerce_indicator: "05",
          exemption_indicator: null,
          result: "authenticated",
          result_reason: null,
          transaction_id: null,
          version: "2.2.0",
        }
      : null,
    transaction_link_id: null,
    wallet: null,
  };
}
