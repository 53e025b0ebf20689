import type Stripe from "stripe";
import { refundable, refundCharge, tellOfRefund } from "../billing/refunds.ts";
import { badParam, badState } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, ignored, integer, mergeMetadata, metadata, oneOf, text, uncovered } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { asMoney } from "./amount-limits.ts";
import { found, named } from "./find.ts";

const URL = "/v1/refunds";
const CREATE = hash({
  amount: integer,
  charge: text,
  payment_intent: text,
  reason: oneOf("duplicate", "fraudulent", "requested_by_customer"),
  metadata,
  currency: uncovered,
  customer: uncovered,
  origin: uncovered,
  refund_application_fee: ignored,
  reverse_transfer: ignored,
  instructions_email: ignored,
});

/** Refunds: create, retrieve, update, cancel (refused, as for cards at Stripe), list. */
export const refundRoutes: Route[] = [
  route(`POST ${URL}`, CREATE, create),
  route(`GET ${URL}/:id`, hash({}), mustGet),
  route(`POST ${URL}/:id`, hash({ metadata }), (call, params) => {
    const refund = mustGet(call);
    const after = mergeMetadata(refund.metadata, params.metadata);
    if (JSON.stringify(after) === JSON.stringify(refund.metadata)) return refund;
    const changed = call.world.change("refunds", refund.id, { metadata: after });
    tellOfRefund(call.world, changed, { metadata: refund.metadata });
    return changed;
  }),
  route(`POST ${URL}/:id/cancel`, hash({}), (call) => {
    mustGet(call);
    throw badState("Canceling this refund is unsupported.");
  }),
  route(`GET ${URL}`, hash({ ...LIST_PARAMS, charge: text, payment_intent: text }), (call, params) => {
    const rows = call.world.store.all("refunds").filter((row) => {
      if (params.charge && row.charge !== params.charge) return false;
      return !params.payment_intent || row.payment_intent === params.payment_intent;
    });
    return paginate(rows, params, { url: URL, noun: "refund", all: call.world.store.scan("refunds") });
  }),
];

function mustGet(call: Call): Stripe.Refund {
  return found(call, "refunds", "refund");
}

function create(call: Call, params: ReturnType<typeof CREATE>): Stripe.Refund {
  const charge = chargeOf(call, params);
  if (!charge.captured)
    throw badState(
      `This uncaptured Charge was created by a PaymentIntent (${String(charge.payment_intent)}). You must cancel the PaymentIntent to reverse the authorization instead of refunding the Charge directly. For more information, see https://stripe.com/docs/payments/place-a-hold-on-a-payment-method`,
    );
  // A lost dispute or one that runs has taken the money already (unverified: an inquiry may still be refunded).
  if (takenBack(call, charge))
    throw badState(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  const left = refundable(call.world, charge);
  if (left === 0)
    throw badState(`Charge ${charge.id} has already been refunded.`, { code: "charge_already_refunded" });
  const amount = params.amount ?? left;
  if (amount < 1)
    throw badParam("parameter_invalid_integer", "This value must be greater than or equal to 1.", "amount");
  if (amount > left) {
    const [asked, rest] = [asMoney(amount, charge.currency), asMoney(left, charge.currency)];
    throw badState(`Refund amount (${asked}) is greater than unrefunded amount on charge (${rest})`, {
      param: "amount",
    });
  }
  const reason = params.reason ?? null;
  return refundCharge(call.world, { charge, amount, reason, metadata: mergeMetadata({}, params.metadata) });
}

function takenBack(call: Call, charge: Stripe.Charge): boolean {
  return call.world.store
    .where("disputes", "charge", charge.id)
    .some((one) => one.status !== "won" && !one.status.startsWith("warning_"));
}

function chargeOf(call: Call, params: ReturnType<typeof CREATE>): Stripe.Charge {
  const charge = params.charge
    ? named(call, "charges", { id: params.charge, noun: "charge", param: "charge" })
    : chargeOfIntent(call, params.payment_intent);
  if (charge.status === "succeeded") return charge;
  throw withoutCharge(String(charge.payment_intent));
}

function chargeOfIntent(call: Call, id: string | null | undefined): Stripe.Charge {
  if (!id)
    throw badParam(
      "parameter_missing",
      "One of the following params should be provided for this request: payment_intent or charge.",
      "payment_intent",
    );
  const intent = named(call, "paymentIntents", { id, noun: "payment_intent", param: "payment_intent" });
  const charge = call.world.store.get("charges", String(intent.latest_charge));
  if (charge === undefined) throw withoutCharge(intent.id);
  return charge;
}

function withoutCharge(intent: string) {
  return badState(`This PaymentIntent (${intent}) does not have a successful charge to refund.`, {
    param: "payment_intent",
  });
}
