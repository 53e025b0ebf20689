import type Stripe from "stripe";
import { badParam } from "../http/errors.ts";
import { mergeMetadata } from "../http/params.ts";
import type { Call } from "../http/route.ts";
import { buildPaymentIntent } from "../objects/payment-intent.ts";
import { checkAmount, currencyOf, descriptor } from "./amount-limits.ts";
import { confirmPaymentIntent } from "./confirm-payment-intent.ts";
import { namedCustomer } from "./find.ts";
import { checkMethod, methodOf, typesOf, wishShown } from "./method-choice.ts";
import type { Created } from "./payment-intent-params.ts";
import { givenFields, optionsOf } from "./update-payment-intent.ts";

/** Makes a payment intent and, when asked, confirms it in the same call. */
export function createPaymentIntent(call: Call, params: Created): Stripe.PaymentIntent {
  const { world } = call;
  const currency = currencyOf(params.currency);
  checkAmount(params.amount, currency);
  if (params.off_session && params.confirm !== true)
    throw badParam("parameter_unknown", "This parameter can only be used with confirm=true.", "off_session");
  const customer = params.customer ? namedCustomer(call, params.customer).id : null;
  const method = methodOf(call, params);
  const types = typesOf(params, currency);
  if (types.length === 0) throw noTypes(currency);
  if (method !== undefined)
    checkMethod(world, method, {
      id: "",
      object: "payment_intent",
      customer,
      payment_method_types: types,
      about: {},
    });
  const built = buildPaymentIntent(world, {
    amount: params.amount,
    currency,
    customer,
    description: params.description ?? null,
    given: {
      automatic_payment_methods: automaticOf(params),
      capture_method: params.capture_method ?? "automatic_async",
      confirmation_method: params.confirmation_method ?? "automatic",
      metadata: mergeMetadata({}, params.metadata),
      payment_method: method?.id ?? null,
      payment_method_options: optionsOf(params, types),
      payment_method_types: types,
      setup_future_usage: null,
      statement_descriptor: descriptor(params.statement_descriptor, "statement_descriptor"),
      statement_descriptor_suffix: descriptor(
        params.statement_descriptor_suffix,
        "statement_descriptor_suffix",
      ),
      status: method === undefined ? "requires_payment_method" : "requires_confirmation",
      ...wishShown(params),
      ...givenFields(params),
    },
  });
  const intent = world.store.put("paymentIntents", built);
  world.emit("payment_intent.created", intent);
  if (params.confirm !== true) return intent;
  const { payment_method: _named, payment_method_data: _described, ...asked } = params;
  return confirmPaymentIntent(call, intent, { ...asked, ...(method && { known: method }) });
}

/** On by default since 2023-08-16; types that are named turn it off. */
function automaticOf(params: Created): Stripe.PaymentIntent.AutomaticPaymentMethods | null {
  if (params.payment_method_types) return null;
  const { enabled = true, allow_redirects } = params.automatic_payment_methods ?? {};
  return { allow_redirects: allow_redirects ?? "always", enabled };
}

function noTypes(currency: string) {
  const message = `No valid payment method types for this Payment Intent. Please ensure that you have activated payment methods compatible with your chosen currency (${currency}) in your dashboard or specify payment_method_types.`;
  return badParam("payment_intent_incompatible_payment_method", message, "allowed_payment_method_types");
}
