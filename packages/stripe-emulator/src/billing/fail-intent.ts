import type Stripe from "stripe";
import type { Decline } from "./declines.ts";
import type { World } from "./world.ts";

/** Notes a refusal on an intent, as `last_payment_error` shows it. */
export function failIntent(
  world: World,
  intentId: string,
  { decline, charge, method }: { decline: Decline; charge: string | null; method: Stripe.PaymentMethod },
): void {
  const error: Stripe.PaymentIntent.LastPaymentError = {
    ...(charge !== null && { charge }),
    code: decline.code,
    ...(decline.declineCode !== null && { decline_code: decline.declineCode }),
    doc_url: `https://stripe.com/docs/error-codes/${decline.code.replaceAll("_", "-")}`,
    message: decline.message,
    payment_method: method,
    type: method.type === "card" ? "card_error" : "invalid_request_error",
  };
  const intent = world.change("paymentIntents", intentId, {
    status: "requires_payment_method",
    last_payment_error: error,
    next_action: null,
    payment_method: null,
    ...(charge !== null && { latest_charge: charge }),
  });
  world.emit("payment_intent.payment_failed", intent);
}
