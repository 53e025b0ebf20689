import type Stripe from "stripe";
import { mergeMetadata } from "../http/params.ts";
import type { Call } from "../http/route.ts";
import { checkAmount, currencyOf, descriptor } from "./amount-limits.ts";
import { notUpdatable } from "./confirm-payment-intent.ts";
import { namedCustomer } from "./find.ts";
import { checkOwnAmount } from "./intent-owner.ts";
import { checkMethod, methodOf, typesOf, wishShown } from "./method-choice.ts";
import type { Confirmed, Updated } from "./payment-intent-params.ts";
import { addressOf } from "./shapes.ts";

const OPEN = ["requires_payment_method", "requires_confirmation", "requires_action"];
/** What is fixed once the money is on its way. */
const FIXED = [
  "amount",
  "currency",
  "customer",
  "payment_method",
  "setup_future_usage",
  "capture_method",
] as const;

/** Changes an intent; nothing is told of it, as at Stripe. */
export function updatePaymentIntent(
  call: Call,
  intent: Stripe.PaymentIntent,
  params: Updated,
): Stripe.PaymentIntent {
  const { world } = call;
  for (const field of FIXED)
    if (params[field] !== undefined && !OPEN.includes(intent.status)) throw notUpdatable(intent, field);
  checkOwnAmount(world, intent, params);
  const currency = params.currency ? currencyOf(params.currency) : intent.currency;
  const amount = params.amount ?? intent.amount;
  if (params.amount || params.currency) checkAmount(amount, currency);
  const customer = params.customer ? namedCustomer(call, params.customer).id : null;
  const changed = world.change("paymentIntents", intent.id, {
    amount,
    currency,
    ...(customer && { customer }),
    ...(params.description !== undefined && { description: params.description }),
    ...(params.metadata !== undefined && { metadata: mergeMetadata(intent.metadata, params.metadata) }),
    ...(params.payment_method === null && {
      payment_method: null,
      status: "requires_payment_method" as const,
    }),
    ...(params.statement_descriptor !== undefined && {
      statement_descriptor: descriptor(params.statement_descriptor, "statement_descriptor"),
    }),
    ...(params.statement_descriptor_suffix !== undefined && {
      statement_descriptor_suffix: descriptor(
        params.statement_descriptor_suffix,
        "statement_descriptor_suffix",
      ),
    }),
    ...givenFields(params, intent),
    ...typesAfter(intent, params, currency),
  });
  const method = methodOf(call, params);
  if (method === undefined) return changed;
  const owner = typeof changed.customer === "string" ? changed.customer : null;
  checkMethod(world, method, { ...changed, customer: owner, about: { payment_intent: intent } });
  const chosen = { payment_method: method.id, status: "requires_confirmation", next_action: null } as const;
  return world.change("paymentIntents", intent.id, chosen);
}

type Given = Pick<
  Confirmed,
  "capture_method" | "receipt_email" | "setup_future_usage" | "shipping" | "payment_method_options"
>;

/** The fields that creating, updating and confirming take alike; what was not sent is not there. */
export function givenFields(params: Given, intent?: Stripe.PaymentIntent): Partial<Stripe.PaymentIntent> {
  const { capture_method, receipt_email, setup_future_usage, shipping } = params;
  return {
    ...(capture_method && { capture_method }),
    ...(receipt_email !== undefined && { receipt_email }),
    ...(setup_future_usage !== undefined && { setup_future_usage }),
    ...(shipping !== undefined && { shipping: shippingOf(shipping) }),
    ...(intent &&
      params.payment_method_options && {
        payment_method_options: optionsOf(params, intent.payment_method_types, intent.payment_method_options),
      }),
  };
}

/** A delivery as it is shown. */
export function shippingOf(sent: Given["shipping"]): Stripe.PaymentIntent.Shipping | null {
  if (!sent) return null;
  const { carrier = null, name, phone = null, tracking_number = null } = sent;
  const address = addressOf(sent.address);
  return { ...(address && { address }), carrier, ...(name && { name }), phone, tracking_number };
}

type Options = Stripe.PaymentIntent.PaymentMethodOptions;

/** The options of the types an intent takes, with what was asked of cards. */
export function optionsOf(params: Given, types: readonly string[], before: Options | null = null): Options {
  const request_three_d_secure =
    params.payment_method_options?.card?.request_three_d_secure ??
    before?.card?.request_three_d_secure ??
    "automatic";
  return {
    ...(types.includes("card") && {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure },
    }),
    ...(types.includes("sepa_debit") && { sepa_debit: {} }),
  };
}

function typesAfter(
  intent: Stripe.PaymentIntent,
  params: Updated,
  currency: string,
): Partial<Stripe.PaymentIntent> {
  const isNarrowed =
    params.payment_method_types ??
    params.allowed_payment_method_types ??
    params.excluded_payment_method_types;
  if (!isNarrowed && currency === intent.currency) return {};
  return { ...wishShown(params), payment_method_types: typesOf(params, currency) };
}
