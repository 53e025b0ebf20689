import type Stripe from "stripe";
import { liveCustomer } from "../objects/customer.ts";
import { buildBankDebit, buildPaymentMethod } from "../objects/payment-method.ts";
import type { CardInput } from "../store/tables.ts";
import type { World } from "./world.ts";

/** Keeps a card as a payment method that belongs to nobody yet. */
export function savePaymentMethod(
  world: World,
  card: CardInput,
  options: { email: string | null; authenticated: boolean },
): Stripe.PaymentMethod {
  const method = world.store.put("paymentMethods", buildPaymentMethod(world, card, options.email));
  world.store.put("cards", { id: method.id, number: card.number, authenticated: options.authenticated });
  return method;
}

/** Keeps a bank account as a payment method that belongs to nobody yet. */
export function saveBankDebit(world: World, iban: string): Stripe.PaymentMethod {
  const method = world.store.put("paymentMethods", buildBankDebit(world, iban));
  world.store.put("cards", { id: method.id, number: iban, authenticated: true });
  return method;
}

/** Makes a payment method the customer's. */
export function attachPaymentMethod(world: World, id: string, customer: string): Stripe.PaymentMethod {
  const method = world.change("paymentMethods", id, { customer });
  world.emit("payment_method.attached", method);
  return method;
}

/** The card a subscription is charged on: its own, else its customer's default. */
export function paymentMethodOf(
  world: World,
  subscription: { customer: Stripe.Subscription["customer"]; default_payment_method: unknown },
): Stripe.PaymentMethod | null {
  const customer = liveCustomer(world, String(subscription.customer));
  const candidates = [subscription.default_payment_method, customer?.invoice_settings.default_payment_method];
  for (const id of candidates) {
    const method = typeof id === "string" ? world.store.get("paymentMethods", id) : undefined;
    if (method !== undefined && method.customer !== null) return method;
  }
  return null;
}
