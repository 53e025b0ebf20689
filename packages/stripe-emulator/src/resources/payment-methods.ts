import type Stripe from "stripe";
import { judgeCard } from "../billing/judge-card.ts";
import { attachPaymentMethod } from "../billing/payment-methods.ts";
import { badState, CardRefused, missing } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, ignored, integer, mergeMetadata, metadata, oneOf, text, uncovered } from "../http/params.ts";
import { type Call, idOf, type Route, route } from "../http/route.ts";
import { found, namedCustomer } from "./find.ts";
import { checkUnspent } from "./method-choice.ts";
import { billingOf, billingParam, createPaymentMethod, METHOD_DATA } from "./payment-method-data.ts";
import { resolvePaymentMethod } from "./resolve-payment-method.ts";

const URL = "/v1/payment_methods";
const OF_CUSTOMER = "/v1/customers/:id/payment_methods";
const redisplay = oneOf("always", "limited", "unspecified");
const CREATE = hash({ ...METHOD_DATA, customer: uncovered, payment_method: uncovered });
const UPDATE = hash({
  allow_redisplay: redisplay,
  billing_details: billingParam,
  card: hash({ exp_month: integer, exp_year: integer, networks: ignored }),
  metadata,
});
const FILTER = { ...LIST_PARAMS, allow_redisplay: redisplay, type: text };

/** Payment methods: create, retrieve, update, list, attach (also `pm_card_*` tokens), detach. */
export const paymentMethodRoutes: Route[] = [
  route(`POST ${URL}`, CREATE, (call, params) => createPaymentMethod(call.world, params)),
  route(`GET ${URL}/:id`, hash({}), mustGet),
  route(`POST ${URL}/:id`, UPDATE, update),
  route(`GET ${URL}`, hash({ ...FILTER, customer: text }), (call, params) => listOf(call, params, URL)),
  route(`GET ${OF_CUSTOMER}`, hash(FILTER), (call, params) => {
    const customer = namedCustomer(call, idOf(call)).id;
    return listOf(call, { ...params, customer }, `/v1/customers/${customer}/payment_methods`);
  }),
  route(`GET ${OF_CUSTOMER}/:method`, hash({}), (call) => {
    const customer = namedCustomer(call, idOf(call)).id;
    const id = call.path["method"] ?? "";
    const method = call.world.store.get("paymentMethods", id);
    if (method?.customer !== customer) throw missing("PaymentMethod", id);
    return method;
  }),
  route(`POST ${URL}/:id/attach`, hash({ customer: text }, "customer"), (call, params) => {
    const { world } = call;
    const customer = namedCustomer(call, params.customer);
    const method = resolvePaymentMethod(world, idOf(call), "id");
    if (method.customer !== null && method.customer !== customer.id) {
      throw badState("The payment method you provided has already been attached to a customer.");
    }
    checkUnspent(world, method);
    if (method.customer === customer.id) return method;
    const number = world.store.get("cards", method.id)?.number ?? "";
    const use = { charge: false, challengePassed: true, authenticatedBefore: true };
    const verdict = method.type === "card" ? judgeCard(number, use) : { kind: "ok" as const };
    if (verdict.kind === "declined") throw new CardRefused(verdict.decline);
    return attachPaymentMethod(world, method.id, customer.id);
  }),
  route(`POST ${URL}/:id/detach`, hash({}), (call) => {
    const method = mustGet(call);
    if (method.customer === null) {
      throw badState(
        "The payment method you provided is not attached to a customer so detachment is impossible.",
      );
    }
    call.world.change("cards", method.id, { spent: true });
    const detached = call.world.change("paymentMethods", method.id, { customer: null });
    call.world.emit("payment_method.detached", detached, { customer: method.customer });
    return detached;
  }),
];

function mustGet(call: Call): Stripe.PaymentMethod {
  return found(call, "paymentMethods", "PaymentMethod");
}

/** Only a customer's method can be changed. */
function update(call: Call, params: ReturnType<typeof UPDATE>): Stripe.PaymentMethod {
  const method = mustGet(call);
  if (method.customer === null)
    throw badState("You must save this PaymentMethod to a customer before you can update it.");
  const { exp_month, exp_year } = params.card ?? {};
  if (exp_month && (exp_month < 1 || exp_month > 12))
    throw badState("Your card's expiration month is invalid.", {
      code: "invalid_expiry_month",
      param: "card[exp_month]",
    });
  const card = method.card && {
    ...method.card,
    ...(exp_month && { exp_month }),
    ...(exp_year && { exp_year }),
  };
  return call.world.update("payment_method.updated", method.id, {
    ...(params.allow_redisplay && { allow_redisplay: params.allow_redisplay }),
    billing_details: billingOf(method.billing_details, params.billing_details),
    ...(card && { card }),
    metadata: mergeMetadata(method.metadata, params.metadata),
  });
}

type Filter = { customer?: string | null; type?: string | null; allow_redisplay?: string | null };

function listOf(call: Call, params: Filter & Parameters<typeof paginate>[1], url: string): object {
  const rows = call.world.store
    .where("paymentMethods", "customer", params.customer ?? "")
    .filter((row) => !params.type || row.type === params.type)
    .filter((row) => !params.allow_redisplay || row.allow_redisplay === params.allow_redisplay);
  return paginate(rows, params, {
    url,
    noun: "payment_method",
    all: call.world.store.scan("paymentMethods"),
  });
}
