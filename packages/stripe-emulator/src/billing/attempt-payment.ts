import type Stripe from "stripe";
import { buildCharge } from "../objects/charge.ts";
import type { CardInput } from "../store/tables.ts";
import { judgeCard, type Verdict } from "./judge-card.ts";
import { cardBehaviour, type Decline } from "./test-cards.ts";
import type { World } from "./world.ts";

export interface PaymentAttempt {
  method: Stripe.PaymentMethod;
  customer: string | null;
  email: string | null;
  challengePassed: boolean;
}

/**
 * Tries to take the money of an intent with a card: succeeds, fails, or needs 3-D Secure. Charge and intent are
 * written and told either way; what it means for invoices and subscriptions is the caller's.
 */
export function attemptPayment(world: World, intentId: string, attempt: PaymentAttempt): Verdict {
  const card = cardOf(world, attempt.method);
  const verdict = judgeCard(card.number, {
    charge: true,
    challengePassed: attempt.challengePassed,
    authenticatedBefore: world.store.get("cards", attempt.method.id)?.authenticated ?? false,
  });
  if (verdict.kind === "challenge") {
    const next_action = {
      type: "use_stripe_sdk",
      use_stripe_sdk: {},
    } satisfies Stripe.PaymentIntent.NextAction;
    const patch = { status: "requires_action", next_action, payment_method: attempt.method.id } as const;
    world.emit("payment_intent.requires_action", world.change("paymentIntents", intentId, patch));
    return verdict;
  }
  const decline = verdict.kind === "declined" ? verdict.decline : null;
  const intent = world.store.get("paymentIntents", intentId);
  if (intent === undefined) throw new Error(`No payment intent ${intentId}`);
  const charge = buildCharge(world, {
    intent,
    card,
    decline,
    threeDSecure: attempt.challengePassed,
    ...attempt,
  });
  world.store.put("charges", charge);
  if (decline === null) {
    world.emit("charge.succeeded", charge);
    const paid = {
      status: "succeeded",
      amount_received: intent.amount,
      last_payment_error: null,
      next_action: null,
    } as const;
    const after = {
      ...paid,
      latest_charge: charge.id,
      payment_method: attempt.method.id,
      customer: attempt.customer,
    };
    world.emit("payment_intent.succeeded", world.change("paymentIntents", intentId, after));
    if (cardBehaviour(card.number).disputed !== undefined) {
      const type = "charge.dispute.created";
      world.store.put("lateEvents", { id: world.id("late"), at: world.now() + 1, type, object: charge.id });
    }
  } else {
    world.emit("charge.failed", charge);
    failIntent(world, intentId, { decline, charge: charge.id, method: attempt.method });
  }
  return verdict;
}

/** Notes a refusal on an intent, as `last_payment_error` shows it. */
export function failIntent(
  world: World,
  intentId: string,
  { decline, charge, method }: { decline: Decline; charge: string | null; method: Stripe.PaymentMethod },
): void {
  const error: Stripe.PaymentIntent.LastPaymentError = {
    ...(charge !== null && { charge }),
    code: decline.code,
    ...(decline.declineCode !== null && { decline_code: decline.declineCode }),
    doc_url: `https://stripe.com/docs/error-codes/${decline.code.replaceAll("_", "-")}`,
    message: decline.message,
    payment_method: method,
    type: "card_error",
  };
  const intent = world.change("paymentIntents", intentId, {
    status: "requires_payment_method",
    last_payment_error: error,
    next_action: null,
    payment_method: null,
    ...(charge !== null && { latest_charge: charge }),
  });
  world.emit("payment_intent.payment_failed", intent);
}

function cardOf(world: World, method: Stripe.PaymentMethod): CardInput {
  const number = world.store.get("cards", method.id)?.number ?? "";
  return {
    number,
    expMonth: method.card?.exp_month ?? 12,
    expYear: method.card?.exp_year ?? 2030,
    cvc: "",
    name: method.billing_details.name,
    country: method.billing_details.address?.country ?? null,
    postalCode: method.billing_details.address?.postal_code ?? null,
  };
}
