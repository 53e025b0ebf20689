import type Stripe from "stripe";
import { liveCustomer } from "../objects/customer.ts";
import { buildSetupIntent } from "../objects/payment-intent.ts";
import type { CardInput } from "../store/tables.ts";
import { isEnded } from "./cancel-subscription.ts";
import { collectInvoice } from "./collect-invoice.ts";
import { judgeCard, type Verdict } from "./judge-card.ts";
import { attachPaymentMethod, savePaymentMethod } from "./payment-methods.ts";
import type { World } from "./world.ts";

/**
 * A customer saves a new card in the portal: it becomes the customer's default and that of the live subscriptions
 * (which of the two events Stripe sends is unverified; both come). The portal's challenge counts as passed.
 */
export function changeCard(world: World, customerId: string, card: CardInput): Verdict {
  const customer = liveCustomer(world, customerId);
  if (customer === null) throw new Error(`No customer ${customerId}`);
  const verdict = judgeCard(card.number, {
    charge: false,
    challengePassed: true,
    authenticatedBefore: false,
  });
  const built = buildSetupIntent(world, customerId);
  world.store.put("setupIntents", built);
  world.emit("setup_intent.created", built);
  if (verdict.kind !== "ok") {
    world.emit(
      "setup_intent.setup_failed",
      world.change("setupIntents", built.id, { status: "requires_payment_method" }),
    );
    return verdict;
  }
  const method = savePaymentMethod(world, card, { email: customer.email, authenticated: true });
  const done = { status: "succeeded", payment_method: method.id } as const;
  world.emit("setup_intent.succeeded", world.change("setupIntents", built.id, done));
  attachPaymentMethod(world, method.id, customerId);
  const invoice_settings = { ...customer.invoice_settings, default_payment_method: method.id };
  world.update("customer.updated", customerId, { invoice_settings });
  for (const subscription of liveSubscriptions(world, customerId)) {
    world.update("customer.subscription.updated", subscription.id, { default_payment_method: method.id });
    payWhatIsOpen(world, subscription);
  }
  return verdict;
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
