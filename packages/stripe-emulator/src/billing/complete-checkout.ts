import type Stripe from "stripe";
import { buildCustomer, liveCustomer } from "../objects/customer.ts";
import { billingDetails } from "../objects/payment-method.ts";
import type { SubscriptionInput } from "../objects/subscription.ts";
import type { CardInput, CheckoutPlan } from "../store/tables.ts";
import type { CheckoutTerms } from "./checkout-terms.ts";
import { openSubscription } from "./create-subscription.ts";
import { linkPayment, markPaid } from "./invoicing.ts";
import { attachPaymentMethod } from "./payment-methods.ts";
import type { World } from "./world.ts";

export interface CheckoutCompletion {
  session: Stripe.Checkout.Session;
  plan: CheckoutPlan;
  terms: CheckoutTerms;
  customer: Stripe.Customer;
  card: CardInput | null;
  method: Stripe.PaymentMethod | null;
  /** The intent that took the money; null when nothing was due today. */
  paidIntent: string | null;
}

/** The customer of a session; made now when the session has none. */
export function customerOfCheckout(
  world: World,
  session: Stripe.Checkout.Session,
  email: string | null,
): Stripe.Customer {
  const known = typeof session.customer === "string" ? liveCustomer(world, session.customer) : null;
  if (known !== null) return known;
  const customer = world.store.put("customers", buildCustomer(world, { email, metadata: {} }));
  world.emit("customer.created", customer);
  return customer;
}

/** The payment is through: only now do subscription and invoice come into being (since basil). */
export function finishCheckout(world: World, completion: CheckoutCompletion): Stripe.Checkout.Session {
  const { plan, terms, customer, method } = completion;
  if (method !== null) attachPaymentMethod(world, method.id, customer.id);
  updateCustomer(world, completion);
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
  const { subscription, invoice } = openSubscription(world, input);
  if (completion.paidIntent !== null) linkPayment(world, invoice, completion.paidIntent);
  markPaid(world, invoice.id);
  world.emit("customer.subscription.created", subscription);
  return completeSession(world, completion, { subscription: subscription.id, invoice: invoice.id });
}

/** The first purchase gives a customer its currency; name and address as `customer_update` says. */
function updateCustomer(world: World, { plan, terms, customer, card }: CheckoutCompletion): void {
  const address = card === null ? null : billingDetails(card, null).address;
  const patch: Partial<Stripe.Customer> = {
    ...(customer.currency === null && { currency: terms.currency }),
    ...(plan.customerUpdate.name && card?.name && { name: card.name }),
    ...(plan.customerUpdate.address && address !== null && { address }),
  };
  world.update("customer.updated", customer.id, patch);
}

function completeSession(
  world: World,
  { session, terms, customer, card }: CheckoutCompletion,
  made: { subscription: string; invoice: string },
): Stripe.Checkout.Session {
  const free = terms.dueToday === 0;
  const after = world.change("sessions", session.id, {
    status: "complete",
    payment_status: free ? world.settings.trialPaymentStatus : "paid",
    url: null,
    customer: customer.id,
    subscription: made.subscription,
    invoice: made.invoice,
    customer_details: {
      address: card === null ? null : billingDetails(card, null).address,
      business_name: null,
      email: customer.email,
      individual_name: null,
      name: card?.name ?? customer.name ?? null,
      phone: null,
      tax_exempt: "none",
      tax_ids: [],
    },
    ...(session.consent !== null && { consent: { promotions: null, terms_of_service: "accepted" as const } }),
  });
  world.emit("checkout.session.completed", after);
  return after;
}
