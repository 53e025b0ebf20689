import type Stripe from "stripe";
import { savePaymentMethod } from "../billing/payment-methods.ts";
import { cardOfToken } from "../billing/test-cards.ts";
import type { World } from "../billing/world.ts";
import { missing } from "../http/errors.ts";

/** A stored payment method, or a `pm_card_*` test token, which becomes a new one on each use. */
export function resolvePaymentMethod(world: World, id: string, param: string): Stripe.PaymentMethod {
  const stored = world.store.get("paymentMethods", id);
  if (stored !== undefined) return stored;
  const card = id.startsWith("pm_") ? cardOfToken(id) : undefined;
  if (card === undefined) throw missing("PaymentMethod", id, param);
  const expYear = new Date(world.now() * 1000).getUTCFullYear() + 1;
  const input = {
    number: card.number,
    expMonth: 12,
    expYear,
    cvc: "123",
    name: null,
    country: null,
    postalCode: null,
  };
  return savePaymentMethod(world, input, { email: null, authenticated: false });
}
