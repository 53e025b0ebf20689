import type Stripe from "stripe";
import type { CardInput, CheckoutPlan } from "../store/tables.ts";
import { failIntent } from "./attempt-payment.ts";
import { failSetup, intentOf, type Payment, tryCard } from "./checkout-intent.ts";
import { checkoutTerms } from "./checkout-terms.ts";
import { customerOfCheckout, finishCheckout } from "./complete-checkout.ts";
import { savePaymentMethod } from "./payment-methods.ts";
import { AUTHENTICATION_FAILED, type Decline } from "./test-cards.ts";
import { inTimeOf } from "./test-clock.ts";
import type { EventType, World } from "./world.ts";

/** As in event logs of basil and later, for a payment at once and for a trial (stripe-facts 2 A, B). */
const PAID_ORDER: readonly EventType[] = [
  "charge.succeeded",
  "charge.failed",
  "payment_intent.requires_action",
  "payment_intent.payment_failed",
  "payment_method.attached",
  "customer.created",
  "customer.updated",
  "checkout.session.completed",
  "customer.subscription.created",
  "payment_intent.succeeded",
  "payment_intent.created",
  "invoice.created",
  "invoice.finalized",
  "invoice.updated",
  "invoice.paid",
  "invoice.payment_succeeded",
];
const TRIAL_ORDER: readonly EventType[] = [
  "customer.created",
  "setup_intent.created",
  "setup_intent.requires_action",
  "setup_intent.setup_failed",
  "setup_intent.succeeded",
  "payment_method.attached",
  "checkout.session.completed",
  "customer.updated",
  "customer.subscription.created",
  "invoice.created",
  "invoice.finalized",
  "invoice.paid",
  "invoice.payment_succeeded",
];

export type CheckoutOutcome =
  | { kind: "complete"; session: Stripe.Checkout.Session }
  | { kind: "challenge"; challenge: string }
  | { kind: "declined"; decline: Decline }
  | { kind: "card_missing" }
  | { kind: "closed"; status: "complete" | "expired" | "unknown" };

export interface Payer {
  card: CardInput | null;
  /** Used only when the session has neither customer nor e-mail. */
  email: string | null;
}

/** Pays a session as a customer does on its page. A session that is complete stays as it is. */
export function payCheckout(world: World, id: string, payer: Payer): CheckoutOutcome {
  return inTimeOfSession(world, id, () => attempt(world, id, { ...payer, challengePassed: false }));
}

function inTimeOfSession<R>(world: World, id: string, work: () => R): R {
  const customer = world.store.get("sessions", id)?.customer;
  return inTimeOf(world, typeof customer === "string" ? customer : null, work);
}

/** The customer's answer to a 3-D Secure challenge. A challenge that is no longer the session's is refused. */
export function answerChallenge(
  world: World,
  id: string,
  answer: { challenge: string; passed: boolean },
): CheckoutOutcome {
  return inTimeOfSession(world, id, () => afterChallenge(world, id, answer));
}

function afterChallenge(
  world: World,
  id: string,
  answer: { challenge: string; passed: boolean },
): CheckoutOutcome {
  const plan = world.store.get("checkoutPlans", id);
  const session = world.store.get("sessions", id);
  if (session?.status !== "open")
    return attempt(world, id, { card: null, email: null, challengePassed: false });
  const challenge = plan?.challenge;
  if (!plan || !challenge || challenge.id !== answer.challenge) {
    return { kind: "declined", decline: AUTHENTICATION_FAILED };
  }
  world.change("checkoutPlans", id, { challenge: null });
  if (answer.passed) return attempt(world, id, { card: challenge.card, email: null, challengePassed: true });
  return refuseChallenge(world, plan, challenge.card);
}

function attempt(world: World, id: string, payer: Payer & { challengePassed: boolean }): CheckoutOutcome {
  const session = world.store.get("sessions", id);
  const plan = world.store.get("checkoutPlans", id);
  if (session === undefined || plan === undefined) return { kind: "closed", status: "unknown" };
  if (session.status !== "open")
    return { kind: "closed", status: session.status === "complete" ? "complete" : "expired" };
  const terms = checkoutTerms(world, session, plan);
  const card = terms.needsCard ? payer.card : null;
  if (terms.needsCard && card === null) return { kind: "card_missing" };
  return world.inOrder(terms.dueToday > 0 ? PAID_ORDER : TRIAL_ORDER, () =>
    pay(world, { session, plan, terms, card, email: payer.email, challengePassed: payer.challengePassed }),
  );
}

function pay(world: World, payment: Payment): CheckoutOutcome {
  const { session, plan, terms, card } = payment;
  const email = session.customer_details?.email ?? session.customer_email ?? payment.email;
  const method =
    card === null ? null : savePaymentMethod(world, card, { email, authenticated: payment.challengePassed });
  const intent = card === null ? null : intentOf(world, payment);
  const verdict =
    method === null
      ? ({ kind: "ok" } as const)
      : tryCard(world, payment, { method, intent: intent ?? "", email });
  if (verdict.kind === "ok") {
    const customer = customerOfCheckout(world, session, email);
    const paidIntent = terms.dueToday > 0 ? intent : null;
    if (paidIntent !== null) world.change("paymentIntents", paidIntent, { customer: customer.id });
    world.change("checkoutPlans", plan.id, { challenge: null, lastError: null });
    return {
      kind: "complete",
      session: finishCheckout(world, { session, plan, terms, customer, card, method, paidIntent }),
    };
  }
  if (verdict.kind === "declined") {
    world.change("checkoutPlans", plan.id, { lastError: verdict.decline.message });
    return verdict;
  }
  const challenge = world.id("challenge");
  if (card !== null)
    world.change("checkoutPlans", plan.id, { challenge: { id: challenge, card }, lastError: null });
  return { kind: "challenge", challenge };
}

function refuseChallenge(world: World, plan: CheckoutPlan, card: CardInput): CheckoutOutcome {
  const intent = plan.intent ?? "";
  const decline = AUTHENTICATION_FAILED;
  if (intent.startsWith("seti_"))
    failSetup(world, intent, { ...decline, code: "setup_intent_authentication_failure" });
  else if (intent !== "") {
    const method = savePaymentMethod(world, card, { email: null, authenticated: false });
    failIntent(world, intent, { decline, charge: null, method });
  }
  world.change("checkoutPlans", plan.id, { lastError: decline.message });
  return { kind: "declined", decline };
}
