import type Stripe from "stripe";
import { quoteOfSession } from "./checkout-discount.ts";
import { closeCheckout } from "./close-checkout.ts";
import type { CheckoutCompletion } from "./complete-checkout.ts";
import { giveDiscount } from "./discounts.ts";
import { attachPaymentMethod } from "./payment-methods.ts";
import type { World } from "./world.ts";

/** A payment for one time, or a card saved: nothing goes on after it. */
export function completePurchase(world: World, completion: CheckoutCompletion): Stripe.Checkout.Session {
  const { session, plan, terms, customer, method } = completion;
  const keeps = terms.mode === "setup" || Boolean(plan.payment?.intent.setup_future_usage);
  if (method !== null && customer !== null && keeps && method.customer !== customer.id)
    attachPaymentMethod(world, method.id, customer.id);
  if (customer !== null && customer.currency === null && terms.mode === "payment")
    world.update("customer.updated", customer.id, { currency: terms.currency });
  const quote = quoteOfSession(world, { session, plan, amount: terms.subtotal });
  if (quote !== null)
    giveDiscount(world, quote, { customer: customer?.id ?? null, checkoutSession: session.id });
  return closeCheckout(world, completion, {});
}
