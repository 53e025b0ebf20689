import type Stripe from "stripe";
import type { Decline } from "../billing/test-cards.ts";
import type { World } from "../billing/world.ts";
import type { CardInput } from "../store/tables.ts";
import { billingDetails } from "./payment-method.ts";

export interface ChargeInput {
  intent: Stripe.PaymentIntent;
  card: CardInput;
  method: Stripe.PaymentMethod;
  customer: string | null;
  email: string | null;
  decline: Decline | null;
  threeDSecure: boolean;
}

/** One attempt to take money: succeeded, or failed with the reason. */
export function buildCharge(world: World, input: ChargeInput): Stripe.Charge {
  const { intent, card, method, decline } = input;
  const id = `ch_3${world.id("ch").slice(4)}`;
  const details = billingDetails(card, input.email);
  return {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: decline === null ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: decline === null ? `txn_3${world.id("txn").slice(5)}` : null,
    billing_details: details,
    calculated_statement_descriptor: "STRIPE EMULATOR",
    captured: decline === null,
    created: world.now(),
    currency: intent.currency,
    customer: input.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    outcome: outcome(decline),
    paid: decline === null,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { card: cardDetails(method, input.threeDSecure), type: "card" },
    receipt_email: null,
    receipt_number: null,
    receipt_url: decline === null ? `${world.origin}/receipts/${id}` : null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: decline === null ? "succeeded" : "failed",
    transfer_data: null,
    transfer_group: null,
  };
}

function outcome(decline: Decline | null): Stripe.Charge.Outcome {
  return {
    advice_code: decline?.hard === true ? "do_not_try_again" : null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: decline === null ? "approved_by_network" : "declined_by_network",
    reason: decline?.declineCode ?? null,
    risk_level: "normal",
    risk_score: 20,
    seller_message: decline === null ? "Payment complete." : "The bank returned a decline.",
    type: decline === null ? "authorized" : "issuer_declined",
  };
}

function cardDetails(
  method: Stripe.PaymentMethod,
  threeDSecure: boolean,
): Stripe.Charge.PaymentMethodDetails.Card {
  const card = method.card;
  return {
    amount_authorized: null,
    authorization_code: null,
    brand: card?.brand ?? null,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
    country: card?.country ?? null,
    electronic_commerce_indicator: null,
    exp_month: card?.exp_month ?? 12,
    exp_year: card?.exp_year ?? 2030,
    fingerprint: card?.fingerprint ?? null,
    funding: card?.funding ?? null,
    installments: null,
    last4: card?.last4 ?? null,
    mandate: null,
    network: card?.brand ?? null,
    network_transaction_id: null,
    regulated_status: "unregulated",
    three_d_secure: threeDSecure
      ? {
          authentication_flow: "challenge",
          electronic_commerce_indicator: "05",
          exemption_indicator: null,
          result: "authenticated",
          result_reason: null,
          transaction_id: null,
          version: "2.2.0",
        }
      : null,
    transaction_link_id: null,
    wallet: null,
  };
}
