import { judgeCard } from "../billing/judge-card.ts";
import { attachPaymentMethod } from "../billing/payment-methods.ts";
import { badState, CardRefused } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, text } from "../http/params.ts";
import { type Call, idOf, type Route, route } from "../http/route.ts";
import { found, namedCustomer } from "./find.ts";
import { resolvePaymentMethod } from "./resolve-payment-method.ts";

const URL = "/v1/payment_methods";

/** Payment methods: retrieve, list, attach (also `pm_card_*` tokens), detach. */
export const paymentMethodRoutes: Route[] = [
  route(`GET ${URL}/:id`, hash({}), (call) => found(call, "paymentMethods", "PaymentMethod")),
  route(`GET ${URL}`, hash({ ...LIST_PARAMS, customer: text, type: text }), (call, params) =>
    listOf(call, params, URL),
  ),
  route("GET /v1/customers/:id/payment_methods", hash({ ...LIST_PARAMS, type: text }), (call, params) => {
    const customer = namedCustomer(call, idOf(call)).id;
    return listOf(call, { ...params, customer }, `/v1/customers/${customer}/payment_methods`);
  }),
  route(`POST ${URL}/:id/attach`, hash({ customer: text }, "customer"), (call, params) => {
    const { world } = call;
    const customer = namedCustomer(call, params.customer);
    const method = resolvePaymentMethod(world, idOf(call), "id");
    if (method.customer !== null && method.customer !== customer.id) {
      throw badState("The payment method you provided has already been attached to a customer.");
    }
    const number = world.store.get("cards", method.id)?.number ?? "";
    const verdict = judgeCard(number, { charge: false, challengePassed: true, authenticatedBefore: true });
    if (verdict.kind === "declined") throw new CardRefused(verdict.decline);
    return attachPaymentMethod(world, method.id, customer.id);
  }),
  route(`POST ${URL}/:id/detach`, hash({}), (call) => {
    const method = found(call, "paymentMethods", "PaymentMethod");
    if (method.customer === null) {
      throw badState(
        "The payment method you provided is not attached to a customer so detachment is impossible.",
      );
    }
    const detached = call.world.change("paymentMethods", method.id, { customer: null });
    call.world.emit("payment_method.detached", detached, { customer: method.customer });
    return detached;
  }),
];

type Filter = { customer?: string | null; type?: string | null };

function listOf(call: Call, params: Filter & Parameters<typeof paginate>[1], url: string): object {
  const rows = call.world.store
    .where("paymentMethods", "customer", params.customer ?? "")
    .filter((row) => !params.type || row.type === params.type);
  return paginate(rows, params, { url, noun: "payment_method" });
}
