import type Stripe from "stripe";
import { ofCharge, ofRefund } from "../objects/balance-transaction.ts";
import type { World } from "./world.ts";

/**
 * The balance transaction with this id; undefined when there is none. They are derived from the charge, refund or
 * dispute that moved the money, and kept nowhere else.
 */
export function balanceTransaction(world: World, id: string): Stripe.BalanceTransaction | undefined {
  const { store } = world;
  const [charge] = store.where("charges", "balance_transaction", id);
  if (charge !== undefined) return ofCharge(world, charge) ?? undefined;
  const refunds = [
    ...store.where("refunds", "balance_transaction", id),
    ...store.where("refunds", "failure", id),
  ];
  const moves = refunds.length > 0 ? refunds.flatMap((refund) => ofRefund(world, refund)) : ofDisputes(world);
  return moves.find((move) => move.id === id);
}

/** All of them, oldest first. */
export function balanceTransactions(world: World): Stripe.BalanceTransaction[] {
  const { store } = world;
  const moves = [
    ...store.all("charges").flatMap((charge) => ofCharge(world, charge) ?? []),
    ...store.all("refunds").flatMap((refund) => ofRefund(world, refund)),
    ...ofDisputes(world),
  ];
  return moves.sort((a, b) => a.created - b.created);
}

function ofDisputes(world: World): Stripe.BalanceTransaction[] {
  return world.store.all("disputes").flatMap((dispute) => dispute.balance_transactions);
}
