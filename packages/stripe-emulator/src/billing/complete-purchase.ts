import type Stripe from "stripe";
import { keepContact } from "./checkout-customer.ts";
import { closeCheckout } from "./close-checkout.ts";
import type { CheckoutCompletion } from "./complete-checkout.ts";
import { giveDiscount } from "./discounts.ts";
import { invoicePurchase } from "./invoice-purchase.ts";
import { attachPaymentMethod } from "./payment-methods.ts";
import type { World } from "./world.ts";

/** A payment for one time, or a card saved: nothing goes on after it. */
export function completePurchase(world: World, completion: CheckoutCompletion): Stripe.Checkout.Session {
  const { session, plan, terms, customer, method } = completion;
  const keeps = terms.mode === "setup" || Boolean(plan.payment?.intent.setup_future_usage);
  if (method !== null && customer !== null && keeps && method.customer !== customer.id)
    attachPaymentMethod(world, method.id, customer.id);
  if (customer !== null) keepContact(world, completion, customer);
  const owner = { customer: customer?.id ?? null, checkoutSession: session.id };
  const discount = terms.discount && giveDiscount(world, terms.discount.quote, owner).id;
  const invoice = completion.isDelayed ? null : invoicePurchase(world, { ...completion, discount });
  return closeCheckout(world, completion, { invoice });
}
