import type Stripe from "stripe";
import { buildSetupAttempt } from "../objects/setup-attempt.ts";
import { challengeAt } from "./attempt-payment.ts";
import type { Decline } from "./declines.ts";
import { judgeCard, type Verdict } from "./judge-card.ts";
import { giveMandate } from "./mandates.ts";
import { attachPaymentMethod } from "./payment-methods.ts";
import type { World } from "./world.ts";

export interface SetupConfirmation {
  method: Stripe.PaymentMethod;
  returnUrl: string | null;
  challengePassed: boolean;
}

/** Tries to save a method through the API: saved, refused, or waiting for a challenge. */
export function confirmSetup(world: World, id: string, how: SetupConfirmation): Verdict {
  const intent = world.store.get("setupIntents", id);
  if (intent === undefined) throw new Error(`No setup intent ${id}`);
  const { method, challengePassed } = how;
  const number = world.store.get("cards", method.id)?.number ?? "";
  const use = { charge: false, challengePassed, authenticatedBefore: false };
  const verdict: Verdict = method.type === "card" ? judgeCard(number, use) : { kind: "ok" };
  const built = buildSetupAttempt(world, { intent, method, verdict, threeDSecure: challengePassed });
  const latest_attempt = world.store.put("setupAttempts", built).id;
  if (verdict.kind === "declined") {
    refuseSetup(world, id, { decline: verdict.decline, method, attempt: latest_attempt });
  } else if (verdict.kind === "challenge") {
    const next_action = challengeAt(world, id, how.returnUrl);
    const patch = {
      status: "requires_action",
      next_action,
      payment_method: method.id,
      latest_attempt,
    } as const;
    world.emit("setup_intent.requires_action", world.change("setupIntents", id, patch));
  } else saved(world, intent, { ...how, latest_attempt });
  return verdict;
}

function saved(
  world: World,
  intent: Stripe.SetupIntent,
  { method, challengePassed, latest_attempt }: SetupConfirmation & { latest_attempt: string },
): void {
  if (challengePassed) world.change("cards", method.id, { authenticated: true });
  if (method.customer === null && typeof intent.customer === "string")
    attachPaymentMethod(world, method.id, intent.customer);
  const mandate = method.type === "card" ? null : giveMandate(world, method, { reusable: true }).id;
  const done = world.change("setupIntents", intent.id, {
    status: "succeeded",
    payment_method: method.id,
    next_action: null,
    last_setup_error: null,
    latest_attempt,
    mandate,
  });
  world.emit("setup_intent.succeeded", done);
}

/** Notes a refusal on a setup intent, as `last_setup_error` shows it. */
export function refuseSetup(
  world: World,
  id: string,
  { decline, method, attempt }: { decline: Decline; method: Stripe.PaymentMethod; attempt: string },
): void {
  const last_setup_error: Stripe.SetupIntent.LastSetupError = {
    code: decline.code,
    ...(decline.declineCode !== null && { decline_code: decline.declineCode }),
    doc_url: `https://stripe.com/docs/error-codes/${decline.code.replaceAll("_", "-")}`,
    message: decline.message,
    payment_method: method,
    type: "card_error",
  };
  const failed = world.change("setupIntents", id, {
    status: "requires_payment_method",
    last_setup_error,
    next_action: null,
    payment_method: null,
    latest_attempt: attempt,
  });
  world.emit("setup_intent.setup_failed", failed);
}
