import type Stripe from "stripe";
import { billingDetails } from "../objects/payment-method.ts";
import type { CheckoutCompletion } from "./complete-checkout.ts";
import type { World } from "./world.ts";

/** What a session shows once it is complete: whom it made, and what came of it. */
export function closeCheckout(
  world: World,
  completion: CheckoutCompletion,
  made: Partial<Stripe.Checkout.Session>,
): Stripe.Checkout.Session {
  const { session, customer } = completion;
  const after = world.change("sessions", session.id, {
    status: "complete",
    payment_status: paymentStatus(world, completion),
    url: null,
    customer: customer?.id ?? null,
    ...made,
    customer_details: detailsOf(completion),
    ...(session.consent !== null && { consent: { promotions: null, terms_of_service: "accepted" as const } }),
  });
  world.emit("checkout.session.completed", after);
  return after;
}

function paymentStatus(
  world: World,
  { terms, isDelayed }: CheckoutCompletion,
): Stripe.Checkout.Session.PaymentStatus {
  if (terms.dueToday > 0) return isDelayed ? "unpaid" : "paid";
  return terms.trialEnd === null ? "no_payment_required" : world.settings.trialPaymentStatus;
}

function detailsOf({
  card,
  method,
  customer,
  email,
}: CheckoutCompletion): Stripe.Checkout.Session.CustomerDetails {
  const typed = card === null ? method?.billing_details : billingDetails(card, null);
  return {
    address: typed?.address ?? null,
    business_name: null,
    email: customer?.email ?? email,
    individual_name: null,
    name: typed?.name ?? customer?.name ?? null,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
}
