import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import { balanceTransactionId } from "./charge.ts";

export interface RefundInput {
  charge: Stripe.Charge;
  amount: number;
  reason: Stripe.Refund.Reason | null;
  metadata: Stripe.Metadata;
}

/** Money on its way back; `pending` when the bank has yet to take it. */
export function buildRefund(world: World, input: RefundInput, pending: boolean): Stripe.Refund {
  const { charge, amount, reason, metadata } = input;
  return {
    id: `re_3${world.id("re").slice(4)}`,
    object: "refund",
    amount,
    balance_transaction: pending ? null : balanceTransactionId(world),
    charge: charge.id,
    created: world.now(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: destination(charge),
    metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    ...(pending && { pending_reason: "processing" as const }),
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: pending ? "pending" : "succeeded",
    transfer_reversal: null,
  };
}

function destination(charge: Stripe.Charge): Stripe.Refund.DestinationDetails {
  if (charge.payment_method_details?.type === "sepa_debit")
    return {
      eu_bank_transfer: { reference: null, reference_status: "pending" },
      type: "eu_bank_transfer",
    };
  return {
    card: { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" },
    type: "card",
  };
}
