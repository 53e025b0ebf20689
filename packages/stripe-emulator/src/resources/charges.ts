import type Stripe from "stripe";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, ignored, mergeMetadata, metadata, oneOf, text } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { found, namedCustomer } from "./find.ts";
import { shippingParam } from "./payment-intent-params.ts";
import { shippingOf } from "./update-payment-intent.ts";

const URL = "/v1/charges";
const UPDATE = hash({
  customer: text,
  description: text,
  fraud_details: hash({ user_report: oneOf("fraudulent", "safe") }),
  metadata,
  receipt_email: text,
  shipping: shippingParam,
  transfer_group: ignored,
});

/** Charges: retrieve, update, list; and the bank's early fraud warnings about them, to read. */
export const chargeRoutes: Route[] = [
  route(`GET ${URL}/:id`, hash({}), mustGet),
  route(`POST ${URL}/:id`, UPDATE, (call, params) => {
    const charge = mustGet(call);
    const { fraud_details } = params;
    return call.world.update("charge.updated", charge.id, {
      ...(params.customer && { customer: namedCustomer(call, params.customer).id }),
      ...(params.description !== undefined && { description: params.description }),
      ...(params.receipt_email !== undefined && { receipt_email: params.receipt_email }),
      ...(params.shipping !== undefined && { shipping: shippingOf(params.shipping) }),
      ...(fraud_details?.user_report && {
        fraud_details: { ...charge.fraud_details, user_report: fraud_details.user_report },
      }),
      metadata: mergeMetadata(charge.metadata, params.metadata),
    });
  }),
  route(`GET ${URL}/:id/refunds`, hash(LIST_PARAMS), (call, params) => {
    const { id } = mustGet(call);
    const rows = call.world.store.where("refunds", "charge", id);
    return paginate(rows, params, { url: `${URL}/${id}/refunds`, noun: "refund" });
  }),
  route(
    `GET ${URL}`,
    hash({ ...LIST_PARAMS, customer: text, payment_intent: text, transfer_group: text }),
    (call, params) => {
      const rows = call.world.store.all("charges").filter((row) => {
        if (params.transfer_group) return false;
        if (params.payment_intent && row.payment_intent !== params.payment_intent) return false;
        return !params.customer || row.customer === params.customer;
      });
      return paginate(rows, params, { url: URL, noun: "charge", all: call.world.store.scan("charges") });
    },
  ),
  route("GET /v1/radar/early_fraud_warnings/:id", hash({}), (call) =>
    found(call, "earlyFraudWarnings", "early_fraud_warning"),
  ),
  route(
    "GET /v1/radar/early_fraud_warnings",
    hash({ ...LIST_PARAMS, charge: text, payment_intent: text }),
    (call, params) => {
      const rows = call.world.store.all("earlyFraudWarnings").filter((row) => {
        if (params.charge && row.charge !== params.charge) return false;
        return !params.payment_intent || row.payment_intent === params.payment_intent;
      });
      return paginate(rows, params, { url: "/v1/radar/early_fraud_warnings", noun: "early_fraud_warning" });
    },
  ),
];

function mustGet(call: Call): Stripe.Charge {
  return found(call, "charges", "charge");
}
