import type { withdrawalOutput } from "@liveassist/shared/inputs/subscription";
import { withdrawalEnd } from "@liveassist/shared/withdrawal";
import type { z } from "zod";
import type { Actor, Deps } from "../deps.ts";
import { type WithdrawalState, withdrawalState } from "./withdrawal-state.ts";

export type Withdrawal = z.infer<typeof withdrawalOutput>;

/** What is sold, as the statement and its receipt name it. */
export const SERVICE = "LiveAssist Permission";

/** Whether the caller may withdraw, until when, and what became of it (`GET /api/subscriptions/withdrawal`). From the rows alone. */
export async function readWithdrawal(deps: Deps, actor: Actor): Promise<Withdrawal> {
  const price = await deps.price().catch(() => null);
  const state = await withdrawalState(deps, deps.db, {
    userId: actor.userId,
    price,
    now: deps.clock.now(),
  });
  const { right, user, latest } = state;
  const isReceived = right.state === "received";
  const [statement] = latest;
  return {
    state: right.state,
    contract: right.contract && {
      id: right.contract.id,
      service: SERVICE,
      concluded_at: new Date(right.contract.concludedAt).toISOString(),
      until: new Date(withdrawalEnd(right.contract.concludedAt, deps.settings.quotaTimezone)).toISOString(),
    },
    received_at: isReceived ? (statement?.receivedAt.toISOString() ?? null) : null,
    refund: isReceived ? refundOf(state, price?.currency ?? "sek") : null,
    name: isReceived ? (statement?.name ?? user.name) : user.name,
    email: isReceived ? (statement?.email ?? user.email) : user.email,
  };
}

/** What goes back for the latest statement: exact once it is done, until then what was paid by the rows. */
function refundOf({ latest, paidOre }: WithdrawalState, fallback: string): Withdrawal["refund"] {
  const amounts = latest.map((one) => one.refundedOre ?? paidOre.get(one.subscriptionId) ?? 0);
  const amount_ore = amounts.reduce((sum, amount) => sum + amount, 0);
  const currency = latest.find((one) => one.currency !== null)?.currency ?? fallback;
  // Refused by Stripe, it is completed without a refund: a person of ours has to give the money back.
  const isOpen = latest.some((one, at) => one.refundId === null && (amounts[at] ?? 0) > 0);
  return { amount_ore, currency, state: isOpen ? "pending" : amount_ore > 0 ? "done" : "none" };
}
