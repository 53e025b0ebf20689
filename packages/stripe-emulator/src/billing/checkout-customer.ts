import type Stripe from "stripe";
import { buildCustomer, liveCustomer } from "../objects/customer.ts";
import { billingDetails } from "../objects/payment-method.ts";
import type { Payment } from "./checkout-intent.ts";
import type { CheckoutCompletion } from "./complete-checkout.ts";
import type { World } from "./world.ts";

/** The customer of a session; made now when the session has none. Null: a guest, where no customer is needed. */
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

/**
 * The first invoice gives a customer its currency; an e-mail is kept where there was none, name and address as
 * `customer_update` says.
 */
export function keepContact(
  world: World,
  { plan, terms, card, email }: CheckoutCompletion,
  customer: Stripe.Customer,
): void {
  const isInvoiced = terms.mode === "subscription" || Boolean(plan.payment?.invoice);
  const address = card === null ? null : billingDetails(card, null).address;
  const patch: Partial<Stripe.Customer> = {
    ...(isInvoiced && customer.currency === null && { currency: terms.currency }),
    ...(customer.email === null && email !== null && { email }),
    ...(plan.customerUpdate.name && card?.name && { name: card.name }),
    ...(plan.customerUpdate.address && address !== null && { address }),
  };
  world.update("customer.updated", customer.id, patch);
}
