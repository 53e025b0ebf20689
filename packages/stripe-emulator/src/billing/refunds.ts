import type Stripe from "stripe";
import { balanceTransactionId } from "../objects/charge.ts";
import { buildRefund, type RefundInput } from "../objects/refund.ts";
import { settleWarning } from "./fraud-warnings.ts";
import { previousAttributes } from "./previous-attributes.ts";
import { cardBehaviour } from "./test-cards.ts";
import type { World } from "./world.ts";

/** What of a charge can still be given back; refunds under way count. */
export function refundable(world: World, charge: Stripe.Charge): number {
  const underWay = world.store
    .where("refunds", "charge", charge.id)
    .filter(({ status }) => status === "pending")
    .reduce((sum, { amount }) => sum + amount, 0);
  return charge.amount_captured - charge.amount_refunded - underWay;
}

/** Gives money back: at once, or as the test cards made for it do, after a while. A refund changes no subscription. */
export function refundCharge(world: World, input: RefundInput): Stripe.Refund {
  const { charge } = input;
  const number = world.store.get("cards", String(charge.payment_method))?.number ?? "";
  const later = cardBehaviour(number).refunds;
  const refund = world.store.put("refunds", buildRefund(world, input, later === "succeed_later"));
  world.emit("refund.created", refund);
  if (refund.status === "succeeded") countRefund(world, charge.id, refund.amount);
  if (later !== undefined) {
    const at = world.now() + world.settings.refundSeconds;
    world.store.put("lateEvents", { id: world.id("late"), at, type: "refund.updated", object: refund.id });
  }
  return refund;
}

/** The bank has answered about a refund that takes a while. */
export function settleRefund(world: World, id: string): void {
  const refund = world.store.get("refunds", id);
  if (refund === undefined) return;
  const charge = String(refund.charge);
  if (refund.status === "pending") {
    const { pending_reason: _waiting, ...rest } = refund;
    const done = world.store.put("refunds", {
      ...rest,
      balance_transaction: balanceTransactionId(world),
      status: "succeeded",
    });
    tellOfRefund(world, done, { status: "pending", balance_transaction: null });
    countRefund(world, charge, refund.amount);
  } else if (refund.status === "succeeded") {
    const failed = world.change("refunds", id, {
      failure_balance_transaction: balanceTransactionId(world),
      failure_reason: "unknown",
      status: "failed",
    });
    const before = world.store.get("charges", charge);
    if (before !== undefined) {
      const amount_refunded = before.amount_refunded - refund.amount;
      world.change("charges", charge, { amount_refunded, refunded: false });
    }
    tellOfRefund(world, failed, { status: "succeeded", failure_reason: null });
    world.emit("refund.failed", failed);
  }
}

/** A change of a refund is told twice, under its new and its old name. */
export function tellOfRefund(world: World, refund: Stripe.Refund, previous: Record<string, unknown>): void {
  world.emit("refund.updated", refund, previous);
  world.emit("charge.refund.updated", refund, previous);
}

function countRefund(world: World, id: string, amount: number): void {
  const before = world.store.get("charges", id);
  if (before === undefined) return;
  const amount_refunded = before.amount_refunded + amount;
  const refunded = amount_refunded === before.amount_captured;
  const after = world.change("charges", id, { amount_refunded, refunded });
  world.emit("charge.refunded", after, previousAttributes(before, after) ?? {});
  if (refunded) settleWarning(world, id);
}
