import type Stripe from "stripe";
import { buildPaymentIntent, buildSetupIntent } from "../objects/payment-intent.ts";
import type { CardInput, CheckoutPlan } from "../store/tables.ts";
import { attemptPayment } from "./attempt-payment.ts";
import type { CheckoutTerms } from "./checkout-terms.ts";
import { judgeCard, type Verdict } from "./judge-card.ts";
import { giveMandate } from "./mandates.ts";
import type { Decline } from "./test-cards.ts";
import type { World } from "./world.ts";

/** One attempt to pay a session. */
export interface Payment {
  session: Stripe.Checkout.Session;
  plan: CheckoutPlan;
  terms: CheckoutTerms;
  card: CardInput | null;
  email: string | null;
  challengePassed: boolean;
  /** A payment method that exists already, instead of a card typed. */
  method?: Stripe.PaymentMethod;
}

/** Attempts on one page share one intent; it is made with the first of them. */
export function intentOf(world: World, payment: Payment): string {
  const { session, plan, terms } = payment;
  const known = plan.intent;
  const charged = terms.dueToday > 0;
  if (known?.startsWith(charged ? "pi_" : "seti_")) {
    // A code may have been typed since the last attempt.
    if (charged) world.change("paymentIntents", known, { amount: terms.dueToday });
    return known;
  }
  const customer = typeof session.customer === "string" ? session.customer : null;
  const id = charged ? newPaymentIntent(world, payment, customer) : newSetupIntent(world, customer);
  world.change("checkoutPlans", plan.id, { intent: id });
  return id;
}

function newPaymentIntent(
  world: World,
  { session, plan, terms, method }: Payment,
  customer: string | null,
): string {
  const { dueToday: amount, currency } = terms;
  const description = "Subscription creation";
  const isPurchase = terms.mode === "payment";
  const intent = world.store.put("paymentIntents", {
    ...buildPaymentIntent(world, { amount, currency, customer, description }),
    ...(isPurchase && { description: null, setup_future_usage: null, ...plan.payment?.intent }),
    ...((isPurchase || method?.type === "sepa_debit") && {
      payment_method_types: session.payment_method_types,
    }),
  });
  world.emit("payment_intent.created", intent);
  if (isPurchase) world.change("sessions", session.id, { payment_intent: intent.id });
  return intent.id;
}

function newSetupIntent(
  world: World,
  customer: string | null,
  fields: Partial<Stripe.SetupIntent> = {},
): string {
  const intent = world.store.put("setupIntents", { ...buildSetupIntent(world, customer), ...fields });
  world.emit("setup_intent.created", intent);
  return intent.id;
}

/** A session in setup mode has its intent from the start. */
export function openSetup(world: World, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  const plan = world.store.get("checkoutPlans", session.id);
  const customer = typeof session.customer === "string" ? session.customer : null;
  const intent = newSetupIntent(world, customer, plan?.payment?.setup);
  world.change("checkoutPlans", session.id, { intent });
  return world.change("sessions", session.id, { setup_intent: intent });
}

/** Charges the card, or saves it when nothing is due today. */
export function tryCard(
  world: World,
  { session, terms, card, challengePassed }: Payment,
  { method, intent, email }: { method: Stripe.PaymentMethod; intent: string; email: string | null },
): Verdict {
  const customer = typeof session.customer === "string" ? session.customer : null;
  if (terms.dueToday > 0) return attemptPayment(world, intent, { method, customer, email, challengePassed });
  const number = card?.number ?? world.store.get("cards", method.id)?.number ?? "";
  const isDebit = method.type === "sepa_debit";
  const use = { charge: false, challengePassed, authenticatedBefore: false };
  const verdict: Verdict = isDebit ? { kind: "ok" } : judgeCard(number, use);
  if (verdict.kind === "ok") {
    const done = {
      status: "succeeded",
      payment_method: method.id,
      next_action: null,
      last_setup_error: null,
      ...(isDebit && { mandate: giveMandate(world, method, { reusable: true }).id }),
    } as const;
    world.emit("setup_intent.succeeded", world.change("setupIntents", intent, done));
  } else if (verdict.kind === "challenge") {
    const next_action = { type: "use_stripe_sdk", use_stripe_sdk: {} };
    const waiting = { status: "requires_action", next_action, payment_method: method.id } as const;
    world.emit("setup_intent.requires_action", world.change("setupIntents", intent, waiting));
  } else if (verdict.kind === "declined") {
    failSetup(world, intent, verdict.decline);
  }
  return verdict;
}

/** Notes a refusal on a setup intent. */
export function failSetup(world: World, intent: string, decline: Decline): void {
  const error: Stripe.SetupIntent.LastSetupError = {
    code: decline.code,
    ...(decline.declineCode !== null && { decline_code: decline.declineCode }),
    message: decline.message,
    type: "card_error",
  };
  const failed = { status: "requires_payment_method", last_setup_error: error, next_action: null } as const;
  world.emit("setup_intent.setup_failed", world.change("setupIntents", intent, failed));
}
