import type Stripe from "stripe";
import type { Verdict } from "../billing/judge-card.ts";
import type { World } from "../billing/world.ts";

interface SetupAttemptInput {
  intent: Stripe.SetupIntent;
  method: Stripe.PaymentMethod;
  verdict: Verdict;
  threeDSecure: boolean;
}

const STATUSES = {
  ok: "succeeded",
  processing: "processing",
  challenge: "requires_action",
  declined: "failed",
};

/** One try to save a method. */
export function buildSetupAttempt(world: World, input: SetupAttemptInput): Stripe.SetupAttempt {
  const { intent, method, verdict } = input;
  return {
    id: world.id("setatt"),
    object: "setup_attempt",
    application: null,
    created: world.now(),
    customer: intent.customer,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    on_behalf_of: null,
    payment_method: method.id,
    payment_method_details: details(method, input.threeDSecure),
    setup_error:
      verdict.kind === "declined"
        ? { code: verdict.decline.code, message: verdict.decline.message, type: "card_error" }
        : null,
    setup_intent: intent.id,
    status: STATUSES[verdict.kind],
    usage: intent.usage,
  };
}

function details(
  { type, card }: Stripe.PaymentMethod,
  threeDSecure: boolean,
): Stripe.SetupAttempt.PaymentMethodDetails {
  if (type !== "card") return { sepa_debit: {}, type: "sepa_debit" };
  return {
    card: {
      brand: card?.brand ?? null,
      checks: card?.checks ?? null,
      country: card?.country ?? null,
      exp_month: card?.exp_month ?? null,
      exp_year: card?.exp_year ?? null,
      fingerprint: card?.fingerprint ?? null,
      funding: card?.funding ?? null,
      last4: card?.last4 ?? null,
      network: card?.brand ?? null,
      three_d_secure: threeDSecure
        ? {
            authentication_flow: "challenge",
            electronic_commerce_indicator: "05",
            result: "authenticated",
            result_reason: null,
            transaction_id: null,
            version: "2.2.0",
          }
        : null,
      wallet: null,
    },
    type: "card",
  };
}
