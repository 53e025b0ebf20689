import type Stripe from "stripe";
import { balanceTransactionId } from "../objects/charge.ts";
import { afterDebit } from "./after-debit.ts";
import { debitBehaviour } from "./bank-debits.ts";
import type { Decline } from "./declines.ts";
import { closeDispute, openDispute } from "./disputes.ts";
import { failIntent } from "./fail-intent.ts";
import type { World } from "./world.ts";

/** The bank has answered: the money is there, or it is not. Nothing happens to an intent that no longer waits. */
export function settleDebit(world: World, intentId: string): void {
  const intent = world.store.get("paymentIntents", intentId);
  const charge = world.store.get("charges", String(intent?.latest_charge));
  const method = world.store.get("paymentMethods", String(charge?.payment_method));
  if (intent?.status !== "processing" || charge === undefined || method === undefined) return;
  const { refused, disputed } = debitBehaviour(world.store.get("cards", method.id)?.number ?? "");
  if (refused !== undefined) refuse(world, { charge, method, decline: refused });
  else pay(world, charge);
  afterDebit(world, intentId, { paid: refused === undefined });
  const paid = world.store.get("charges", charge.id);
  if (disputed !== true || paid === undefined) return;
  // Nothing can be said against a debit that was not authorized: it is lost at once.
  const dispute = openDispute(world, paid, { reason: "debit_not_authorized", inquiry: false });
  closeDispute(world, dispute, "lost");
}

function pay(world: World, charge: Stripe.Charge): void {
  const done = world.change("charges", charge.id, {
    status: "succeeded",
    paid: true,
    balance_transaction: balanceTransactionId(world),
    receipt_url: `${world.origin}/receipts/${charge.id}`,
  });
  world.emit("charge.succeeded", done);
  const paid = { status: "succeeded", amount_received: charge.amount } as const;
  const intent = world.change("paymentIntents", String(charge.payment_intent), paid);
  world.emit("payment_intent.succeeded", intent);
}

function refuse(
  world: World,
  { charge, method, decline }: { charge: Stripe.Charge; method: Stripe.PaymentMethod; decline: Decline },
): void {
  const failed = world.change("charges", charge.id, {
    status: "failed",
    amount_captured: 0,
    captured: false,
    failure_code: decline.declineCode,
    failure_message: decline.message,
  });
  world.emit("charge.failed", failed);
  failIntent(world, String(charge.payment_intent), { decline, charge: charge.id, method });
}
