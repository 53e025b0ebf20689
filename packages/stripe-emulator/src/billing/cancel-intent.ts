import type Stripe from "stripe";
import type { World } from "./world.ts";

/** Gives up an intent; money that is held goes back by itself. */
export function cancelIntent(
  world: World,
  intent: Stripe.PaymentIntent,
  reason: Stripe.PaymentIntent.CancellationReason | null,
): Stripe.PaymentIntent {
  const canceled = world.change("paymentIntents", intent.id, {
    status: "canceled",
    amount_capturable: 0,
    canceled_at: world.now(),
    cancellation_reason: reason,
    next_action: null,
  });
  world.emit("payment_intent.canceled", canceled);
  return canceled;
}
