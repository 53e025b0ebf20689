import type Stripe from "stripe";
import { type CheckoutOutcome, payCheckout } from "../billing/pay-checkout.ts";
import { badParam, badState, CardRefused, missing } from "../http/errors.ts";
import { flag, hash, ignored, integer, text } from "../http/params.ts";
import { type Call, idOf, type Route, route } from "../http/route.ts";
import { found } from "./find.ts";
import { resolvePaymentMethod } from "./resolve-payment-method.ts";

const CONFIRM = hash({
  payment_method: text,
  expected_amount: integer,
  consent: ignored,
  eid: text,
  key: text,
  return_url: text,
  shipping: ignored,
  send_shipping: flag,
});

/**
 * The road by which Stripe's own page, and `stripe trigger` of its CLI, pay a session. Stripe documents none of it;
 * this is as much as the CLI's fixtures use.
 */
export const paymentPageRoutes: Route[] = [
  route("GET /v1/payment_pages/:id", hash({ eid: text, key: text }), (call) => pageOf(call)),
  route("POST /v1/payment_pages/:id/confirm", CONFIRM, (call, params) => {
    const { world } = call;
    const session = found(call, "sessions", "checkout.session");
    const due = session.amount_total ?? 0;
    if (typeof params.expected_amount === "number" && params.expected_amount !== due)
      throw badState(`The amount of this session is ${due}.`, { param: "expected_amount" });
    const method = params.payment_method
      ? resolvePaymentMethod(world, params.payment_method, "payment_method")
      : undefined;
    if (method?.customer && method.customer !== session.customer)
      throw badState("The payment method you provided is attached to another customer.", {
        param: "payment_method",
      });
    const email = method?.billing_details.email ?? null;
    refuseUnlessPaid(payCheckout(world, session.id, { card: null, email, ...(method && { method }) }));
    return pageOf(call);
  }),
];

function refuseUnlessPaid(outcome: CheckoutOutcome): void {
  if (outcome.kind === "declined") throw new CardRefused(outcome.decline);
  if (outcome.kind === "card_missing")
    throw badParam("parameter_missing", "Missing required param: payment_method.", "payment_method");
  if (outcome.kind === "closed")
    throw badState(`You cannot confirm this Checkout Session, because it is ${outcome.status}.`);
}

function pageOf(call: Call): object {
  const session = found(call, "sessions", "checkout.session");
  const { world } = call;
  const plan = world.store.get("checkoutPlans", session.id);
  if (plan === undefined) throw missing("checkout.session", idOf(call));
  const intent = world.store.get("paymentIntents", plan.intent ?? "");
  return {
    id: session.id,
    object: "checkout.session",
    session_id: session.id,
    mode: session.mode,
    status: session.status,
    state: stateOf(session),
    payment_status: session.payment_status,
    currency: session.currency,
    livemode: false,
    locale: session.locale,
    payment_method_types: session.payment_method_types,
    success_url: session.success_url,
    cancel_url: session.cancel_url,
    customer: session.customer,
    customer_email: session.customer_details?.email ?? session.customer_email,
    line_items: plan.lineItems,
    payment_intent: intent ?? null,
    setup_intent: world.store.get("setupIntents", plan.intent ?? "") ?? null,
    total_summary: {
      due: session.amount_total ?? 0,
      subtotal: session.amount_subtotal ?? 0,
      total: session.amount_total ?? 0,
    },
  };
}

/** The page's own words for the session's status. */
function stateOf(session: Stripe.Checkout.Session): string {
  if (session.status === "complete") return "succeeded";
  return session.status === "expired" ? "expired" : "active";
}
