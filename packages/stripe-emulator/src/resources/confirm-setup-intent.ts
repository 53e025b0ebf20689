import type Stripe from "stripe";
import { confirmSetup } from "../billing/confirm-setup.ts";
import { badState, CardRefused, type StripeError } from "../http/errors.ts";
import type { FormValue } from "../http/form.ts";
import type { Call } from "../http/route.ts";
import { checkMethod, methodOf } from "./method-choice.ts";
import type { MethodData } from "./payment-method-data.ts";

interface Asked {
  known?: Stripe.PaymentMethod;
  payment_method?: string | null;
  payment_method_data?: MethodData | null;
  mandate_data?: FormValue | object | null | undefined;
  return_url?: string | null | undefined;
}

/** Confirms a setup intent: answers it as it is then, or 402 when it was refused, and the attempt stays on record. */
export function confirmSetupIntent(
  call: Call,
  intent: Stripe.SetupIntent,
  { known, ...asked }: Asked,
): Stripe.SetupIntent {
  const { world } = call;
  const method =
    known ?? methodOf(call, asked) ?? world.store.get("paymentMethods", String(intent.payment_method));
  if (method === undefined)
    throw setupState(
      intent,
      "You cannot confirm this SetupIntent because it's missing a payment method. You can either update the SetupIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
    );
  if (intent.status === "succeeded")
    throw setupState(intent, "You cannot confirm this SetupIntent because it has already succeeded.");
  if (intent.status === "canceled")
    throw setupState(intent, "You cannot confirm this SetupIntent because it has been canceled.");
  const customer = typeof intent.customer === "string" ? intent.customer : null;
  checkMethod(world, method, { ...intent, customer, about: { setup_intent: intent } });
  if (method.type === "sepa_debit" && !asked.mandate_data) throw withoutMandate(intent);
  const returnUrl = asked.return_url ?? null;
  const verdict = confirmSetup(world, intent.id, { method, returnUrl, challengePassed: false });
  const after = world.store.get("setupIntents", intent.id) ?? intent;
  if (verdict.kind !== "declined") return after;
  const { param } = verdict.decline;
  throw new CardRefused(verdict.decline, {
    ...(param && { param }),
    payment_method: after.last_setup_error?.payment_method,
    setup_intent: after,
  });
}

/** 400: not in the state the intent is in. The intent is in the error. */
export function setupState(intent: Stripe.SetupIntent, message: string): StripeError {
  return badState(message, { code: "setup_intent_unexpected_state", setup_intent: intent });
}

function withoutMandate(intent: Stripe.SetupIntent): StripeError {
  return badState(
    "This SetupIntent requires a mandate. Please collect mandate acceptance from the customer and try again, providing acceptance data in the mandate_data parameter.",
    { code: "setup_intent_mandate_invalid", setup_intent: intent },
  );
}
