import type Stripe from "stripe";
import { confirmIntent, invoiceOfIntent, openInvoiceOf } from "./confirm-intent.ts";
import { confirmSetup, refuseSetup } from "./confirm-setup.ts";
import { AUTHENTICATION_FAILED } from "./declines.ts";
import { failIntent } from "./fail-intent.ts";
import { answerChallenge } from "./pay-checkout.ts";
import { failInvoiceChallenge, payHostedInvoice } from "./pay-hosted-invoice.ts";
import { inTimeOf } from "./test-clock.ts";
import type { World } from "./world.ts";

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

/** The intent with this id, when a customer has to pass a challenge for it; null: nothing waits, or is owed. */
export function challengedIntent(world: World, id: string): Intent | null {
  if (invoiceOfIntent(world, id) !== openInvoiceOf(world, id)) return null;
  const intent = world.store.get("paymentIntents", id) ?? world.store.get("setupIntents", id);
  return intent?.status === "requires_action" ? intent : null;
}

/**
 * A customer passes or fails the 3-D Secure challenge of a payment or setup intent, wherever it was made. Answers the
 * intent as it is then; null when it waits for nothing.
 */
export function answerAuthentication(world: World, id: string, passed: boolean): Intent | null {
  const intent = challengedIntent(world, id);
  const method = world.store.get("paymentMethods", String(intent?.payment_method));
  if (intent === null || method === undefined) return null;
  const customer = typeof intent.customer === "string" ? intent.customer : null;
  const plan = world.store.all("checkoutPlans").find((row) => row.intent === id);
  return inTimeOf(world, customer, () => {
    if (plan !== undefined) answerChallenge(world, plan.id, { challenge: plan.challenge?.id ?? "", passed });
    else if (intent.object === "setup_intent") answerSetup(world, intent, { method, passed });
    else answerPayment(world, intent, { method, passed });
    return world.store.get("paymentIntents", id) ?? world.store.get("setupIntents", id) ?? null;
  });
}

interface Answer {
  method: Stripe.PaymentMethod;
  passed: boolean;
}

function answerSetup(
  world: World,
  { id, latest_attempt }: Stripe.SetupIntent,
  { method, passed }: Answer,
): void {
  if (passed) {
    confirmSetup(world, id, { method, returnUrl: null, challengePassed: true });
    return;
  }
  const decline = { ...AUTHENTICATION_FAILED, code: "setup_intent_authentication_failure" };
  const attempt = String(latest_attempt);
  const setup_error = { code: decline.code, message: decline.message, type: "card_error" } as const;
  if (world.store.get("setupAttempts", attempt) !== undefined)
    world.change("setupAttempts", attempt, { status: "failed", setup_error });
  refuseSetup(world, id, { decline, method, attempt });
}

function answerPayment(world: World, intent: Stripe.PaymentIntent, { method, passed }: Answer): void {
  const invoice = openInvoiceOf(world, intent.id);
  if (invoice !== undefined) {
    if (passed) payHostedInvoice(world, invoice.id, { method, challengePassed: true });
    else failInvoiceChallenge(world, invoice.id, method);
  } else if (!passed) {
    failIntent(world, intent.id, { decline: AUTHENTICATION_FAILED, charge: null, method });
  } else if (intent.confirmation_method === "manual") {
    world.change("intentNotes", intent.id, { passedWith: method.id });
    world.change("paymentIntents", intent.id, { status: "requires_confirmation", next_action: null });
  } else {
    confirmIntent(world, intent.id, { method, session: "on", returnUrl: null, challengePassed: true });
  }
}
