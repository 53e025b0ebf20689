import type Stripe from "stripe";
import { buildCustomer, liveCustomer } from "../objects/customer.ts";
import { billingDetails } from "../objects/payment-method.ts";
import type { SubscriptionInput } from "../objects/subscription.ts";
import type { CardInput, CheckoutPlan } from "../store/tables.ts";
import type { Payment } from "./checkout-intent.ts";
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

/** The customer of a session; made now when the session has none. A purchase that needs none is a guest's. */
export function customerOfCheckout(
  world: World,
  { session, plan, terms }: Payment,
  email: string | null,
): Stripe.Customer | null {
  const known = typeof session.customer === "string" ? liveCustomer(world, session.customer) : null;
  if (known !== null) return known;
  const { payment } = plan;
  const isPurchase = terms.mode === "payment";
  const keeps = Boolean(payment?.intent.setup_future_usage) || Boolean(payment?.invoice);
  const needed = terms.mode === "subscription" || payment?.alwaysCustomer === true;
  if (!needed && !(isPurchase && (keeps || terms.dueToday === 0))) return null;
  const customer = world.store.put("customers", buildCustomer(world, { email, metadata: {} }));
  world.emit("customer.created", customer);
  return customer;
}

/** The payment is through: only now does what was bought come into being (since basil). */
export function finishCheckout(world: World, completion: CheckoutCompletion): Stripe.Checkout.Session {
  const { plan, terms, customer, method } = completion;
  if (terms.mode !== "subscription" || customer === null) return completePurchase(world, completion);
  if (method !== null) attachPaymentMethod(world, method.id, customer.id);
  updateCustomer(world, completion, customer);
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
  world.emit("customer.subscription.created", subscription);
  return closeCheckout(world, completion, { subscription: subscription.id, invoice: invoice.id });
}

/** What the first invoice has to find: the discount, and what is paid once. */
function beforeFirstInvoice(
  world: World,
  { terms }: CheckoutCompletion,
  subscription: Stripe.Subscription,
): Stripe.Subscription {
  const customer = String(subscription.customer);
  addOnce(world, { items: terms.once, customer, subscription: subscription.id });
  if (terms.discount === null) return subscription;
  const owner = { customer, subscription: subscription.id };
  const { id } = giveDiscount(world, terms.discount.quote, owner);
  return world.change("subscriptions", subscription.id, { discounts: [id] });
}

/** The first purchase gives a customer its currency; name and address as `customer_update` says. */
function updateCustomer(
  world: World,
  { plan, terms, card }: CheckoutCompletion,
  customer: Stripe.Customer,
): void {
  const address = card === null ? null : billingDetails(card, null).address;
  const patch: Partial<Stripe.Customer> = {
    ...(customer.currency === null && { currency: terms.currency }),
    ...(plan.customerUpdate.name && card?.name && { name: card.name }),
    ...(plan.customerUpdate.address && address !== null && { address }),
  };
  world.update("customer.updated", customer.id, patch);
}
