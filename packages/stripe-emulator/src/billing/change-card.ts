import type Stripe from "stripe";
import { liveCustomer } from "../objects/customer.ts";
import { buildSetupIntent } from "../objects/payment-intent.ts";
import type { CardInput } from "../store/tables.ts";
import { isEnded } from "./cancel-subscription.ts";
import { failSetup } from "./checkout-intent.ts";
import { collectInvoice } from "./collect-invoice.ts";
import { judgeCard, type Verdict } from "./judge-card.ts";
import { attachPaymentMethod, savePaymentMethod } from "./payment-methods.ts";
import { AUTHENTICATION_FAILED } from "./test-cards.ts";
import type { World } from "./world.ts";

/** What came of a new card, and the setup intent it was tried with. */
export interface CardChange {
  verdict: Verdict;
  intent: string;
}

/**
 * A customer saves a new card in the portal: it becomes the customer's default and that of the live subscriptions
 * (which of the two is told, `portalCardEvents` says). The portal's challenge counts as passed.
 */
export function changeCard(world: World, customerId: string, card: CardInput): Verdict {
  return tryNewCard(world, customerId, { card, challengePassed: true }).verdict;
}

/** The same up to the bank's question: a card that asks for 3-D Secure waits for `answerCardChallenge`. */
export function tryNewCard(
  world: World,
  customerId: string,
  { card, challengePassed }: { card: CardInput; challengePassed: boolean },
): CardChange {
  const customer = liveCustomer(world, customerId);
  if (customer === null) throw new Error(`No customer ${customerId}`);
  const verdict = judgeCard(card.number, { charge: false, challengePassed, authenticatedBefore: false });
  const setup = world.store.put("setupIntents", buildSetupIntent(world, customerId));
  const intent = setup.id;
  world.emit("setup_intent.created", setup);
  if (verdict.kind === "declined") {
    failSetup(world, intent, verdict.decline);
    return { verdict, intent };
  }
  const method = savePaymentMethod(world, card, { email: customer.email, authenticated: challengePassed });
  if (verdict.kind === "ok") keepCard(world, customer, { intent, method: method.id });
  else {
    const next_action = { type: "use_stripe_sdk", use_stripe_sdk: {} };
    const waiting = { status: "requires_action", next_action, payment_method: method.id } as const;
    world.emit("setup_intent.requires_action", world.change("setupIntents", intent, waiting));
  }
  return { verdict, intent };
}

/** The card that waits for its 3-D Secure answer in the portal; null when none does. */
export function waitingCard(world: World, customerId: string, intent: string): Stripe.PaymentMethod | null {
  const row = world.store.get("setupIntents", intent);
  if (row?.status !== "requires_action" || row.customer !== customerId) return null;
  return world.store.get("paymentMethods", String(row.payment_method)) ?? null;
}

/** The customer's answer to the bank. Nothing happens when no card of theirs waits for one. */
export function answerCardChallenge(
  world: World,
  customerId: string,
  { intent, passed }: { intent: string; passed: boolean },
): Verdict {
  const customer = liveCustomer(world, customerId);
  const method = waitingCard(world, customerId, intent);
  const failed = { ...AUTHENTICATION_FAILED, code: "setup_intent_authentication_failure" };
  if (customer === null || method === null) return { kind: "declined", decline: failed };
  if (!passed) {
    failSetup(world, intent, failed);
    return { kind: "declined", decline: failed };
  }
  world.change("cards", method.id, { authenticated: true });
  keepCard(world, customer, { intent, method: method.id });
  return { kind: "ok" };
}

function keepCard(
  world: World,
  customer: Stripe.Customer,
  { intent, method }: { intent: string; method: string },
): void {
  const done = { status: "succeeded", payment_method: method, next_action: null } as const;
  world.emit("setup_intent.succeeded", world.change("setupIntents", intent, done));
  attachPaymentMethod(world, method, customer.id);
  const invoice_settings = { ...customer.invoice_settings, default_payment_method: method };
  const told = world.settings.portalCardEvents;
  if (told === "subscription") world.change("customers", customer.id, { invoice_settings });
  else world.update("customer.updated", customer.id, { invoice_settings });
  for (const subscription of liveSubscriptions(world, customer.id)) {
    const patch = { default_payment_method: method };
    if (told === "customer") world.change("subscriptions", subscription.id, patch);
    else world.update("customer.subscription.updated", subscription.id, patch);
    payWhatIsOpen(world, subscription);
  }
}

/** A new card in the portal is charged at once for the latest open invoice of a subscription that is behind. */
function payWhatIsOpen(world: World, subscription: Stripe.Subscription): void {
  if (subscription.status !== "past_due" && subscription.status !== "unpaid") return;
  const open = world.store
    .where("invoices", "subscription", subscription.id)
    .findLast(({ status }) => status === "open");
  if (open !== undefined) collectInvoice(world, open.id, { byHand: true, challengePassed: true });
}

/** Those of a customer that have not ended, newest first. */
export function liveSubscriptions(world: World, customer: string): Stripe.Subscription[] {
  return world.store
    .where("subscriptions", "customer", customer)
    .filter((row) => !isEnded(row))
    .reverse();
}
