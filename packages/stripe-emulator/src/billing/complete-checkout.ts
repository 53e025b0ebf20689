import type Stripe from "stripe";
import type { SubscriptionInput } from "../objects/subscription.ts";
import type { CardInput, CheckoutPlan } from "../store/tables.ts";
import { keepContact } from "./checkout-customer.ts";
import type { CheckoutTerms } from "./checkout-terms.ts";
import { closeCheckout } from "./close-checkout.ts";
import { completePurchase } from "./complete-purchase.ts";
import { openSubscription } from "./create-subscription.ts";
import { giveDiscount } from "./discounts.ts";
import { addOnce } from "./invoice-purchase.ts";
import { linkPayment, markPaid } from "./invoicing.ts";
import { attachPaymentMethod } from "./payment-methods.ts";
import type { World } from "./world.ts";

export interface CheckoutCompletion {
  session: Stripe.Checkout.Session;
  plan: CheckoutPlan;
  terms: CheckoutTerms;
  /** Null: a guest. */
  customer: Stripe.Customer | null;
  card: CardInput | null;
  method: Stripe.PaymentMethod | null;
  email: string | null;
  /** The intent that took the money; null when nothing was due today. */
  paidIntent: string | null;
  /** The bank answers later whether the money is there. */
  isDelayed: boolean;
}

/** The payment is through: only now does what was bought come into being (since basil). */
export function finishCheckout(world: World, completion: CheckoutCompletion): Stripe.Checkout.Session {
  const { plan, terms, customer, method } = completion;
  if (terms.mode !== "subscription" || customer === null) return completePurchase(world, completion);
  if (method !== null && method.customer !== customer.id) attachPaymentMethod(world, method.id, customer.id);
  keepContact(world, completion, customer);
  const input: SubscriptionInput = {
    customer: customer.id,
    items: terms.items,
    trialEnd: terms.trialEnd,
    missingPaymentMethod: plan.subscription.missingPaymentMethod,
    metadata: plan.subscription.metadata,
    description: plan.subscription.description,
    defaultPaymentMethod: method?.id ?? null,
    billingMode: plan.subscription.billingMode,
    status: terms.trialEnd === null ? "active" : "trialing",
  };
  const { subscription, invoice } = openSubscription(world, input, (opened) =>
    beforeFirstInvoice(world, completion, opened),
  );
  if (completion.paidIntent !== null) linkPayment(world, invoice, completion.paidIntent);
  if (!completion.isDelayed) markPaid(world, invoice.id);
  tellOfSubscription(world, subscription);
  return closeCheckout(world, completion, { subscription: subscription.id, invoice: invoice.id });
}

function tellOfSubscription(world: World, subscription: Stripe.Subscription): void {
  if (world.settings.checkoutCreates === "active" || subscription.status !== "active") {
    world.emit("customer.subscription.created", subscription);
    return;
  }
  world.emit("customer.subscription.created", { ...subscription, status: "incomplete" });
  world.emit("customer.subscription.updated", subscription, { status: "incomplete" });
}

/** What the first invoice has to find: the discount, and what is paid once. */
function beforeFirstInvoice(
  world: World,
  { terms }: CheckoutCompletion,
  subscription: Stripe.Subscription,
): Stripe.Subscription {
  const customer = String(subscription.customer);
  addOnce(world, { items: terms.once, customer, subscription: subscription.id });
  if (terms.discount === null || terms.discount.quote.inherited) return subscription;
  const owner = { customer, subscription: subscription.id };
  const { id } = giveDiscount(world, terms.discount.quote, owner);
  return world.change("subscriptions", subscription.id, { discounts: [id] });
}
