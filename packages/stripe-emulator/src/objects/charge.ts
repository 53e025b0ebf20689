import type Stripe from "stripe";
import type { Decline } from "../billing/declines.ts";
import { cardBehaviour } from "../billing/test-cards.ts";
import type { World } from "../billing/world.ts";
import { chargedCard } from "./charged-card.ts";

export interface ChargeInput {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  /** The number behind the method. */
  number: string;
  customer: string | null;
  email: string | null;
  decline: Decline | null;
  threeDSecure: boolean;
}

const DESCRIPTOR = "STRIPE EMULATOR";

/** One attempt to take money: succeeded, or failed with the reason. Money that is only held is not captured yet. */
export function buildCharge(world: World, input: ChargeInput): Stripe.Charge {
  const { intent, method, decline } = input;
  const id = `ch_3${world.id("ch").slice(4)}`;
  const paid = decline === null;
  const captured = paid && intent.capture_method !== "manual";
  return {
    ...unpaidCharge(world, { ...input, id }),
    amount_captured: captured ? intent.amount : 0,
    balance_transaction:
      captured && intent.capture_method !== "automatic_async" ? balanceTransactionId(world) : null,
    captured,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    outcome: outcome(decline, cardBehaviour(input.number).risk),
    paid,
    payment_method_details: { card: chargedCard(world, input, paid && !captured), type: "card" },
    receipt_url: paid ? `${world.origin}/receipts/${id}` : null,
    status: paid ? "succeeded" : "failed",
    payment_method: method.id,
  };
}

/** A debit the bank has yet to carry out. */
export function buildPendingCharge(world: World, input: ChargeInput, mandate: string | null): Stripe.Charge {
  const {
    fingerprint = null,
    last4 = null,
    country = null,
    bank_code = null,
  } = input.method.sepa_debit ?? {};
  return {
    ...unpaidCharge(world, { ...input, id: `py_3${world.id("py").slice(4)}` }),
    amount_captured: input.intent.amount,
    captured: true,
    outcome: { ...outcome(null), network_status: "approved_by_network" },
    payment_method_details: {
      sepa_debit: { bank_code, branch_code: "", country, fingerprint, last4, mandate },
      type: "sepa_debit",
    },
    status: "pending",
  };
}

/** An id as money that moved gets one. */
export function balanceTransactionId(world: World): string {
  return `txn_3${world.id("txn").slice(5)}`;
}

function unpaidCharge(world: World, { intent, id, ...input }: ChargeInput & { id: string }): Stripe.Charge {
  const { statement_descriptor, statement_descriptor_suffix: suffix } = intent;
  return {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { ...input.method.billing_details, email: input.email },
    calculated_statement_descriptor:
      statement_descriptor ?? (suffix ? `${DESCRIPTOR}* ${suffix}` : DESCRIPTOR),
    captured: false,
    created: world.now(),
    currency: intent.currency,
    customer: input.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: null,
    paid: false,
    payment_intent: intent.id,
    payment_method: input.method.id,
    payment_method_details: null,
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor,
    statement_descriptor_suffix: suffix,
    status: "failed",
    transfer_data: null,
    transfer_group: null,
  };
}

const RISK_SCORES = { normal: 20, elevated: 65, highest: 85 } as const;

function outcome(
  decline: Decline | null,
  risk: "elevated" | "highest" | "normal" = "normal",
): Stripe.Charge.Outcome {
  const known = {
    advice_code: decline?.hard === true ? ("do_not_try_again" as const) : null,
    network_advice_code: null,
    network_decline_code: null,
    risk_level: risk,
    risk_score: RISK_SCORES[risk],
  };
  if (decline !== null && risk === "highest") {
    const seller_message = "Stripe blocked this payment as too risky.";
    return {
      ...known,
      network_status: "not_sent_to_network",
      reason: "highest_risk_level",
      seller_message,
      type: "blocked",
    };
  }
  return {
    ...known,
    network_status: decline === null ? "approved_by_network" : "declined_by_network",
    reason: decline?.declineCode ?? null,
    seller_message: decline === null ? "Payment complete." : "The bank returned a decline.",
    type: decline === null ? "authorized" : "issuer_declined",
  };
}
