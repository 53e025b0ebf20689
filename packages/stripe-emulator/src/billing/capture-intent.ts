import type Stripe from "stripe";
import { balanceTransactionId } from "../objects/charge.ts";
import { followCharge } from "./card-aftermath.ts";
import type { World } from "./world.ts";

/** Takes money that is held, all of it or a part; the rest goes back. */
export function captureIntent(
  world: World,
  intent: Stripe.PaymentIntent,
  amount: number,
): Stripe.PaymentIntent {
  const charge = world.change("charges", String(intent.latest_charge), {
    amount_captured: amount,
    balance_transaction: balanceTransactionId(world),
    captured: true,
  });
  world.emit("charge.captured", charge);
  followCharge(world, charge, { atOnce: true });
  const paid = { status: "succeeded", amount_capturable: 0, amount_received: amount } as const;
  const after = world.change("paymentIntents", intent.id, paid);
  world.emit("payment_intent.succeeded", after);
  return after;
}
