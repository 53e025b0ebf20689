import type Stripe from "stripe";
import { buildCharge } from "../objects/charge.ts";
import { HOLD_SECONDS } from "../objects/charged-card.ts";
import { followCharge } from "./card-aftermath.ts";
import { failIntent } from "./fail-intent.ts";
import { judgeCard, type Verdict } from "./judge-card.ts";
import { startDebit } from "./start-debit.ts";
import type { World } from "./world.ts";

export interface PaymentAttempt {
  method: Stripe.PaymentMethod;
  customer: string | null;
  email: string | null;
  challengePassed: boolean;
  /** Whether somebody is there to answer a challenge; unsaid: what was saved counts, what is asked waits. */
  session?: "on" | "off";
  /** Where the customer goes after a challenge. */
  returnUrl?: string | null;
  /** What the card brings about (disputes, warnings) comes with the charge, not a second later. */
  atOnce?: boolean;
}

/**
 * Tries to take the money of an intent: succeeds, fails, needs 3-D Secure, or is under way (bank debits). Charge and
 * intent are written and told either way; what it means for invoices and subscriptions is the caller's.
 */
export function attemptPayment(world: World, intentId: string, attempt: PaymentAttempt): Verdict {
  const { method } = attempt;
  const intent = world.store.get("paymentIntents", intentId);
  if (intent === undefined) throw new Error(`No payment intent ${intentId}`);
  if (intent.status === "processing") return { kind: "processing" };
  const stored = world.store.get("cards", method.id);
  const number = stored?.number ?? "";
  const charged = { ...attempt, intent, number, threeDSecure: attempt.challengePassed };
  if (method.type === "sepa_debit") return startDebit(world, charged);
  const wish = intent.payment_method_options?.card?.request_three_d_secure;
  const verdict = judgeCard(number, {
    charge: true,
    challengePassed: attempt.challengePassed,
    authenticatedBefore: stored?.authenticated ?? false,
    wantsChallenge: wish === "any" || wish === "challenge",
    ...(attempt.session !== undefined && { session: attempt.session }),
  });
  if (verdict.kind === "challenge") {
    awaitAnswer(world, intent, attempt);
    return verdict;
  }
  const decline = verdict.kind === "declined" ? verdict.decline : null;
  if (decline?.uncharged === true) {
    failIntent(world, intentId, { decline, charge: null, method });
    return verdict;
  }
  const charge = world.store.put("charges", buildCharge(world, { ...charged, decline }));
  if (decline === null) take(world, charge, attempt);
  else {
    world.emit("charge.failed", charge);
    failIntent(world, intentId, { decline, charge: charge.id, method });
  }
  return verdict;
}

function awaitAnswer(world: World, intent: Stripe.PaymentIntent, attempt: PaymentAttempt): void {
  const next_action = challengeAt(world, intent.id, attempt.returnUrl ?? null);
  const patch = { status: "requires_action", next_action, payment_method: attempt.method.id } as const;
  world.emit("payment_intent.requires_action", world.change("paymentIntents", intent.id, patch));
}

/** Where a customer answers a challenge: on the bank's page when there is a way back, else in Stripe's own window. */
export function challengeAt(world: World, intent: string, returnUrl: string | null) {
  if (returnUrl === null) return { type: "use_stripe_sdk", use_stripe_sdk: {} };
  const redirect_to_url = { return_url: returnUrl, url: `${world.origin}/authenticate/${intent}` };
  return { type: "redirect_to_url", redirect_to_url };
}

/** The money is there, or held until it is captured. */
function take(world: World, charge: Stripe.Charge, attempt: PaymentAttempt): void {
  world.emit("charge.succeeded", charge);
  const { amount } = charge;
  const done = {
    last_payment_error: null,
    next_action: null,
    latest_charge: charge.id,
    payment_method: attempt.method.id,
    customer: attempt.customer,
  };
  const intent = String(charge.payment_intent);
  if (!charge.captured) {
    const held = { ...done, status: "requires_capture", amount_capturable: amount } as const;
    world.emit("payment_intent.amount_capturable_updated", world.change("paymentIntents", intent, held));
    const at = world.now() + HOLD_SECONDS;
    world.store.put("lateEvents", { id: world.id("late"), at, type: "charge.expired", object: charge.id });
    return;
  }
  if (attempt.atOnce === true) followCharge(world, charge, { atOnce: true });
  const paid = { ...done, status: "succeeded", amount_received: amount } as const;
  world.emit("payment_intent.succeeded", world.change("paymentIntents", intent, paid));
  if (attempt.atOnce !== true) followCharge(world, charge, { atOnce: false });
  if (charge.balance_transaction !== null) return;
  const at = world.now() + world.settings.asyncCaptureSeconds;
  world.store.put("lateEvents", { id: world.id("late"), at, type: "charge.updated", object: charge.id });
}
