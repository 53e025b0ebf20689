import type Stripe from "stripe";
import { DAY } from "../billing/calendar.ts";
import { cardBehaviour } from "../billing/test-cards.ts";
import type { World } from "../billing/world.ts";

interface Movement {
  id: string;
  amount: number;
  fee: number;
  created: number;
  currency: string;
  description: string | null;
  source: string;
  type: "charge" | "payment" | "refund" | "payment_refund" | "refund_failure" | "adjustment";
  category: "charge" | "refund" | "refund_failure" | "dispute" | "dispute_reversal";
  /** Nothing is pending. */
  available?: boolean;
}

/** Money that moved on the account's balance; pending for a week, as in test mode. */
function buildMovement(world: World, move: Movement): Stripe.BalanceTransaction {
  const { amount, fee, currency, created } = move;
  const available_on = move.available === true ? created : Math.ceil((created + 6 * DAY) / DAY) * DAY;
  const type = "stripe_fee";
  const description = move.category === "dispute" ? "Dispute fee" : "Stripe processing fees";
  return {
    id: move.id,
    object: "balance_transaction",
    amount,
    available_on,
    balance_type: "payments",
    created,
    currency,
    description: move.description,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [{ amount: fee, application: null, currency, description, type }],
    net: amount - fee,
    reporting_category: move.category,
    source: move.source,
    status: available_on <= world.now() ? "available" : "pending",
    type: move.type,
  };
}

/** What a charge brought in, with Stripe's fee; null while it moved nothing. */
export function ofCharge(world: World, charge: Stripe.Charge): Stripe.BalanceTransaction | null {
  if (typeof charge.balance_transaction !== "string") return null;
  const { percent, fixed } = world.settings.processingFee;
  const amount = charge.amount_captured;
  const number = world.store.get("cards", String(charge.payment_method))?.number ?? "";
  return buildMovement(world, {
    id: charge.balance_transaction,
    amount,
    fee: Math.round((amount * percent) / 100) + fixed,
    created: charge.created,
    currency: charge.currency,
    description: charge.description,
    source: charge.id,
    type: charge.payment_method_details?.type === "card" ? "charge" : "payment",
    category: "charge",
    available: cardBehaviour(number).available === true,
  });
}

/** What a refund took, and what came back where it failed, oldest first. */
export function ofRefund(world: World, refund: Stripe.Refund): Stripe.BalanceTransaction[] {
  const { created, currency, id: source } = refund;
  const [out, back] = [refund.balance_transaction, refund.failure_balance_transaction];
  const description = "REFUND FOR CHARGE";
  const about = { fee: 0, created, currency, description, source };
  const moves: Movement[] = [];
  if (typeof out === "string")
    moves.push({ ...about, id: out, amount: -refund.amount, type: "refund", category: "refund" });
  if (typeof back === "string") {
    const type = "refund_failure";
    moves.push({ ...about, id: back, amount: refund.amount, type, category: type });
  }
  return moves.map((move) => buildMovement(world, move));
}

const DISPUTE_FEE = 1500;

/** What a dispute takes, with its fee, or gives back. */
export function buildDisputeTransaction(
  world: World,
  dispute: Stripe.Dispute,
  way: "withdrawn" | "reinstated",
): Stripe.BalanceTransaction {
  const taken = way === "withdrawn";
  return buildMovement(world, {
    id: `txn_1${world.id("txn").slice(5)}`,
    amount: taken ? -dispute.amount : dispute.amount,
    fee: taken ? DISPUTE_FEE : -DISPUTE_FEE,
    created: world.now(),
    currency: dispute.currency,
    description: `Chargeback ${taken ? "withdrawal" : "reversal"} for ${String(dispute.charge)}`,
    source: dispute.id,
    type: "adjustment",
    category: taken ? "dispute" : "dispute_reversal",
  });
}
