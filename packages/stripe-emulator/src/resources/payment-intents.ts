import type Stripe from "stripe";
import { cancelIntent } from "../billing/cancel-intent.ts";
import { captureIntent } from "../billing/capture-intent.ts";
import { badParam, badState } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, ignored, mergeMetadata, text } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { confirmPaymentIntent } from "./confirm-payment-intent.ts";
import { createPaymentIntent } from "./create-payment-intent.ts";
import { found } from "./find.ts";
import { checkOwnerLetsGo, unexpected } from "./intent-owner.ts";
import { CANCEL, CAPTURE, CONFIRM, CREATE, UPDATE } from "./payment-intent-params.ts";
import { givenFields, updatePaymentIntent } from "./update-payment-intent.ts";

const URL = "/v1/payment_intents";

/** Payment intents: create, retrieve, update, confirm, capture, cancel, list. */
export const paymentIntentRoutes: Route[] = [
  route(`POST ${URL}`, CREATE, createPaymentIntent),
  route(`GET ${URL}/:id`, hash({ client_secret: ignored }), mustGet),
  route(`POST ${URL}/:id`, UPDATE, (call, params) => updatePaymentIntent(call, mustGet(call), params)),
  route(`POST ${URL}/:id/confirm`, CONFIRM, (call, params) => {
    const intent = mustGet(call);
    if (params.amount_to_confirm && params.amount_to_confirm !== intent.amount) throw otherAmount(intent);
    const fields = givenFields(params, intent);
    const asked = call.world.change("paymentIntents", intent.id, fields);
    return confirmPaymentIntent(call, asked, params);
  }),
  route(`POST ${URL}/:id/capture`, CAPTURE, (call, params) => {
    const intent = mustBeHeld(call);
    const amount = params.amount_to_capture ?? intent.amount_capturable;
    checkCapture(intent, amount);
    const suffix = params.statement_descriptor_suffix;
    const metadata = mergeMetadata(intent.metadata, params.metadata);
    const before = call.world.change("paymentIntents", intent.id, {
      metadata,
      ...(suffix && { statement_descriptor_suffix: suffix }),
    });
    return captureIntent(call.world, before, amount);
  }),
  route(`POST ${URL}/:id/cancel`, CANCEL, (call, params) => {
    const intent = mustGet(call);
    checkCancel(call, intent);
    return cancelIntent(call.world, intent, params.cancellation_reason ?? null);
  }),
  route(`GET ${URL}`, hash({ ...LIST_PARAMS, customer: text }), (call, params) => {
    const rows = call.world.store
      .all("paymentIntents")
      .filter((row) => !params.customer || row.customer === params.customer);
    return paginate(rows, params, {
      url: URL,
      noun: "payment_intent",
      all: call.world.store.scan("paymentIntents"),
    });
  }),
];

function mustGet(call: Call): Stripe.PaymentIntent {
  return found(call, "paymentIntents", "payment_intent");
}

function otherAmount(intent: Stripe.PaymentIntent) {
  const message = `The amount_to_confirm does not match the amount of the PaymentIntent (${intent.amount}).`;
  return badState(message, { code: "amount_to_confirm_mismatch", param: "amount_to_confirm" });
}

function mustBeHeld(call: Call): Stripe.PaymentIntent {
  const intent = mustGet(call);
  if (intent.status === "requires_capture") return intent;
  if (intent.status === "succeeded" && intent.capture_method === "manual")
    throw unexpected(
      intent,
      "The remaining amount on this PaymentIntent could not be captured because the remainder of the authorized amount has been released.",
    );
  if (intent.status === "succeeded")
    throw unexpected(
      intent,
      "This PaymentIntent could not be captured because it has already been captured.",
    );
  throw unexpected(
    intent,
    `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
  );
}

function checkCapture(intent: Stripe.PaymentIntent, amount: number): void {
  if (amount < 0)
    throw badState("Invalid non-negative integer", { param: "amount_to_capture", payment_intent: intent });
  if (amount === 0)
    throw badParam("parameter_invalid_integer", "This value must be greater than or equal to 1.", "amount");
  if (amount <= intent.amount_capturable) return;
  throw badState(
    "The payment could not be captured because the requested capture amount is greater than the amount you can capture for this charge. Contact us via https://support.stripe.com/contact/ for help.",
    { code: "amount_too_large", payment_intent: intent },
  );
}

const CANCELABLE = [
  "requires_payment_method",
  "requires_capture",
  "requires_confirmation",
  "requires_action",
];

function checkCancel(call: Call, intent: Stripe.PaymentIntent): void {
  checkOwnerLetsGo(call.world, intent);
  if (CANCELABLE.includes(intent.status)) return;
  // A debit under way cannot be called back here ("processing" is rare, as Stripe says of it).
  throw unexpected(
    intent,
    `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_reauthorization, requires_confirmation, requires_action, expired, processing.`,
  );
}
