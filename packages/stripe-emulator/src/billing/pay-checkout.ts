import type Stripe from "stripe";
import type { CardInput, CheckoutPlan } from "../store/tables.ts";
import { showAmounts } from "./checkout-amounts.ts";
import { customerOfCheckout } from "./checkout-customer.ts";
import { failSetup, intentOf, type Payment, tryCard } from "./checkout-intent.ts";
import { usualOrder } from "./checkout-order.ts";
import { checkoutTerms } from "./checkout-terms.ts";
import { finishCheckout } from "./complete-checkout.ts";
import { failIntent } from "./fail-intent.ts";
import { savePaymentMethod } from "./payment-methods.ts";
import { AUTHENTICATION_FAILED, type Decline } from "./test-cards.ts";
import { inTimeOf } from "./test-clock.ts";
import type { World } from "./world.ts";

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
  /** A payment method that exists already, instead of a card typed. */
  method?: Stripe.PaymentMethod | undefined;
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
  const email = plan.typed?.email ?? null;
  if (answer.passed) return attempt(world, id, { card: challenge.card, email, challengePassed: true });
  return refuseChallenge(world, plan, challenge.card);
}

function attempt(world: World, id: string, payer: Payer & { challengePassed: boolean }): CheckoutOutcome {
  const session = world.store.get("sessions", id);
  const plan = world.store.get("checkoutPlans", id);
  if (session === undefined || plan === undefined) return { kind: "closed", status: "unknown" };
  if (session.status !== "open")
    return { kind: "closed", status: session.status === "complete" ? "complete" : "expired" };
  const terms = checkoutTerms(world, session, plan);
  if (plan.discount && terms.discount === null) return withoutDiscount(world, id);
  const { email, challengePassed } = payer;
  const card = terms.needsCard ? payer.card : null;
  const method = terms.needsCard ? payer.method : undefined;
  const type = method?.type ?? (card === null ? null : "card");
  if (terms.needsCard && (type === null || !session.payment_method_types.includes(type)))
    return { kind: "card_missing" };
  return world.inOrder(usualOrder(terms), () =>
    pay(world, { session, plan, terms, card, email, challengePassed, ...(method && { method }) }),
  );
}

function pay(world: World, payment: Payment): CheckoutOutcome {
  const { session, plan, terms, card } = payment;
  const email = session.customer_details?.email ?? session.customer_email ?? payment.email;
  const saved = { email, authenticated: payment.challengePassed };
  const method = payment.method ?? (card === null ? null : savePaymentMethod(world, card, saved));
  const intent = method === null ? null : intentOf(world, payment);
  const verdict =
    method === null
      ? ({ kind: "ok" } as const)
      : tryCard(world, payment, { method, intent: intent ?? "", email });
  if (verdict.kind === "ok" || verdict.kind === "processing") {
    const customer = customerOfCheckout(world, payment, email);
    const paidIntent = terms.dueToday > 0 ? intent : null;
    if (paidIntent !== null && customer !== null) nameCustomer(world, paidIntent, customer.id);
    world.change("checkoutPlans", plan.id, { challenge: null, lastError: null });
    const isDelayed = verdict.kind === "processing";
    const completion = { session, plan, terms, customer, card, method, paidIntent, isDelayed, email };
    return { kind: "complete", session: finishCheckout(world, completion) };
  }
  if (verdict.kind === "declined") {
    world.change("checkoutPlans", plan.id, { lastError: verdict.decline.message });
    return verdict;
  }
  const challenge = world.id("challenge");
  if (card !== null) {
    const typed = { email, name: card.name, country: card.country };
    world.change("checkoutPlans", plan.id, { challenge: { id: challenge, card }, typed, lastError: null });
  }
  return { kind: "challenge", challenge };
}

/** A customer made by the purchase itself is named in what is told of the payment, too. */
function nameCustomer(world: World, id: string, customer: string): void {
  const intent = world.change("paymentIntents", id, { customer });
  world.amend("payment_intent.succeeded", intent);
  world.amend("payment_intent.processing", intent);
  if (typeof intent.latest_charge !== "string") return;
  const charge = world.change("charges", intent.latest_charge, { customer });
  world.amend("charge.succeeded", charge);
  world.amend("charge.pending", charge);
}

/** A discount that cannot be redeemed any more is taken off, and the customer sees the new amount before paying. */
function withoutDiscount(world: World, id: string): CheckoutOutcome {
  world.change("checkoutPlans", id, { discount: null, lastError: DISCOUNT_GONE.message });
  showAmounts(world, id);
  return { kind: "declined", decline: DISCOUNT_GONE };
}

const DISCOUNT_GONE: Decline = {
  code: "promotion_code_expired",
  declineCode: null,
  message: "The discount is no longer valid. The total has changed.",
  hard: false,
};

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
