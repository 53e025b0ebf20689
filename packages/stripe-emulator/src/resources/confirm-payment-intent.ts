import type Stripe from "stripe";
import { confirmIntent } from "../billing/confirm-intent.ts";
import { AUTHENTICATION_UNHANDLED, adviceOn, type Decline } from "../billing/declines.ts";
import { failIntent } from "../billing/fail-intent.ts";
import type { World } from "../billing/world.ts";
import { badState, CardRefused, IntentRefused, type StripeError } from "../http/errors.ts";
import type { Call } from "../http/route.ts";
import { checkConfirmable, unexpected } from "./intent-owner.ts";
import { checkMethod, methodOf } from "./method-choice.ts";
import type { Confirmed } from "./payment-intent-params.ts";

type Asked = Pick<
  Confirmed,
  | "error_on_requires_action"
  | "mandate"
  | "mandate_data"
  | "off_session"
  | "payment_method"
  | "payment_method_data"
  | "return_url"
>;

/**
 * Confirms an intent: answers it as it is then, or 402 when it was refused, and the attempt stays on record. `known`
 * is a method the call has read already.
 */
export function confirmPaymentIntent(
  call: Call,
  intent: Stripe.PaymentIntent,
  { known, ...asked }: Asked & { known?: Stripe.PaymentMethod },
): Stripe.PaymentIntent {
  const { world } = call;
  const method = known ?? methodOf(call, asked) ?? stored(world, intent);
  if (method === undefined) throw withoutMethod(intent);
  checkStatus(intent, asked);
  checkConfirmable(world, intent);
  const about = { payment_intent: intent };
  const customer = typeof intent.customer === "string" ? intent.customer : null;
  checkMethod(world, method, { ...intent, customer, about });
  if (method.type === "card" && intent.statement_descriptor !== null) throw descriptorOnCard();
  if (method.type === "sepa_debit" && !asked.mandate_data && !asked.mandate)
    throw withoutMandate(world, intent, method);
  const returnUrl = asked.return_url ?? world.store.get("intentNotes", intent.id)?.returnUrl ?? null;
  const challengePassed = world.store.get("intentNotes", intent.id)?.passedWith === method.id;
  world.store.put("intentNotes", { id: intent.id, returnUrl, passedWith: null });
  const session = asked.off_session === true ? "off" : "on";
  const verdict = confirmIntent(world, intent.id, { method, session, returnUrl, challengePassed });
  const after = world.store.get("paymentIntents", intent.id) ?? intent;
  if (verdict.kind === "declined") throw refused(world, after, verdict.decline);
  if (verdict.kind !== "challenge" || asked.error_on_requires_action !== true) return after;
  failIntent(world, intent.id, { decline: AUTHENTICATION_UNHANDLED, charge: null, method });
  throw refused(world, world.store.get("paymentIntents", intent.id) ?? after, AUTHENTICATION_UNHANDLED);
}

function stored(world: World, { payment_method }: Stripe.PaymentIntent): Stripe.PaymentMethod | undefined {
  return world.store.get("paymentMethods", String(payment_method));
}

/** What a refused card answers; charge, method and intent are with it. */
function refused(world: World, intent: Stripe.PaymentIntent, decline: Decline): CardRefused {
  const { charge, payment_method } = intent.last_payment_error ?? {};
  const advice = adviceOn(decline);
  return new CardRefused(decline, {
    ...(advice && { advice_code: advice }),
    ...(charge && world.store.get("charges", charge) && { charge }),
    ...(decline.param && { param: decline.param }),
    payment_intent: intent,
    payment_method,
  });
}

function withoutMethod(intent: Stripe.PaymentIntent): StripeError {
  const way =
    typeof intent.customer === "string"
      ? `To confirm the PaymentIntent with ${intent.customer}, specify a payment method attached to this customer along with the customer ID.`
      : "You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.";
  return unexpected(
    intent,
    `You cannot confirm this PaymentIntent because it's missing a payment method. ${way}`,
  );
}

const CONFIRMABLE = ["requires_payment_method", "requires_confirmation", "requires_action"];

function checkStatus(intent: Stripe.PaymentIntent, asked: Asked): void {
  const { status } = intent;
  if (CONFIRMABLE.includes(status)) return;
  if (status === "succeeded")
    throw unexpected(
      intent,
      "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.",
    );
  if (asked.payment_method) throw notUpdatable(intent, "payment_method");
  throw unexpected(
    intent,
    `This PaymentIntent could not be confirmed because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be confirmed: ${CONFIRMABLE.join(", ")}.`,
  );
}

/** 400: this field is fixed in the state the intent is in. */
export function notUpdatable(intent: Stripe.PaymentIntent, field: string): StripeError {
  const message = `This PaymentIntent's ${field} could not be updated because it has a status of ${intent.status}. You may only update the ${field} of a PaymentIntent with one of the following statuses: ${CONFIRMABLE.join(", ")}.`;
  return badState(message, { code: "payment_intent_unexpected_state", param: field, payment_intent: intent });
}

function descriptorOnCard(): StripeError {
  return badState(
    "The `statement_descriptor` parameter is not supported for the payment method type `card`. Use `statement_descriptor_suffix` instead.",
    { param: "statement_descriptor" },
  );
}

/** A debit without a mandate is refused, and the intent waits to be confirmed with one. */
function withoutMandate(
  world: World,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
): IntentRefused {
  const patch = { status: "requires_confirmation", payment_method: method.id } as const;
  return new IntentRefused(400, {
    type: "invalid_request_error",
    code: "payment_intent_mandate_invalid",
    message:
      "This PaymentIntent requires a mandate, but no existing mandate was found. Please collect mandate acceptance from the customer and try again, providing acceptance data in the mandate_data parameter.",
    payment_intent: world.change("paymentIntents", intent.id, patch),
  });
}
