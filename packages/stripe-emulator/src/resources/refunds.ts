import type Stripe from "stripe";
import { badParam, badState } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, ignored, integer, mergeMetadata, metadata, oneOf, text } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { found, named } from "./find.ts";

const CREATE = hash({
  amount: integer,
  charge: text,
  payment_intent: text,
  reason: oneOf("duplicate", "fraudulent", "requested_by_customer"),
  metadata,
  refund_application_fee: ignored,
  reverse_transfer: ignored,
  instructions_email: ignored,
});

/** Refunds: create, retrieve, list. A refund changes no subscription. */
export const refundRoutes: Route[] = [
  route("POST /v1/refunds", CREATE, create),
  route("GET /v1/refunds/:id", hash({}), (call) => found(call, "refunds", "refund")),
  route("GET /v1/refunds", hash({ ...LIST_PARAMS, charge: text, payment_intent: text }), (call, params) => {
    const rows = call.world.store.all("refunds").filter((row) => {
      if (params.charge && row.charge !== params.charge) return false;
      return !params.payment_intent || row.payment_intent === params.payment_intent;
    });
    return paginate(rows, params, { url: "/v1/refunds", noun: "refund" });
  }),
];

function create(call: Call, params: ReturnType<typeof CREATE>): Stripe.Refund {
  const { world } = call;
  const charge = chargeOf(call, params);
  // A lost dispute or one that runs has taken the money already (unverified: an inquiry may still be refunded).
  if (takenBack(call, charge))
    throw badState(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  const left = charge.amount_captured - charge.amount_refunded;
  if (left === 0)
    throw badState(`Charge ${charge.id} has already been refunded.`, { code: "charge_already_refunded" });
  const amount = params.amount ?? left;
  if (amount < 1) throw badParam("parameter_invalid_integer", "Invalid positive integer", "amount");
  if (amount > left) {
    throw badState(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
      param: "amount",
    });
  }
  const refund: Stripe.Refund = {
    id: `re_3${world.id("re").slice(4)}`,
    object: "refund",
    amount,
    balance_transaction: `txn_3${world.id("txn").slice(5)}`,
    charge: charge.id,
    created: world.now(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" },
      type: "card",
    },
    metadata: mergeMetadata({}, params.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
  world.store.put("refunds", refund);
  world.emit("refund.created", refund);
  const amount_refunded = charge.amount_refunded + amount;
  const after = world.change("charges", charge.id, {
    amount_refunded,
    refunded: amount_refunded === charge.amount,
  });
  world.emit("charge.refunded", after, {
    amount_refunded: charge.amount_refunded,
    refunded: charge.refunded,
  });
  return refund;
}

function takenBack(call: Call, charge: Stripe.Charge): boolean {
  return call.world.store
    .all("disputes")
    .some((one) => one.charge === charge.id && one.status !== "won" && !one.status.startsWith("warning_"));
}

function chargeOf(call: Call, params: ReturnType<typeof CREATE>): Stripe.Charge {
  if (params.charge) return named(call, "charges", { id: params.charge, noun: "charge", param: "charge" });
  if (!params.payment_intent) {
    throw badParam(
      "parameter_missing",
      "One of the following params should be provided for this request: payment_intent or charge.",
      "payment_intent",
    );
  }
  const at = { id: params.payment_intent, noun: "payment_intent", param: "payment_intent" };
  const intent = named(call, "paymentIntents", at);
  const charge = call.world.store.get("charges", String(intent.latest_charge));
  if (charge === undefined || charge.status !== "succeeded") {
    throw badState(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
      param: "payment_intent",
    });
  }
  return charge;
}
