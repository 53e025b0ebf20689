import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, text } from "../http/params.ts";
import { type Route, route } from "../http/route.ts";
import { found } from "./find.ts";

const OF_CUSTOMER = hash({ ...LIST_PARAMS, customer: text });

/** Payment intents, setup intents and charges: what payments left behind, to read. */
export const paymentRoutes: Route[] = [
  route("GET /v1/payment_intents/:id", hash({ client_secret: text }), (call) =>
    found(call, "paymentIntents", "payment_intent"),
  ),
  route("GET /v1/payment_intents", OF_CUSTOMER, (call, params) => {
    const rows = call.world.store
      .all("paymentIntents")
      .filter((row) => !params.customer || row.customer === params.customer);
    return paginate(rows, params, { url: "/v1/payment_intents", noun: "payment_intent" });
  }),
  route("GET /v1/setup_intents/:id", hash({ client_secret: text }), (call) =>
    found(call, "setupIntents", "setup_intent"),
  ),
  route(
    "GET /v1/setup_intents",
    hash({ ...LIST_PARAMS, customer: text, payment_method: text }),
    (call, params) => {
      const rows = call.world.store.all("setupIntents").filter((row) => {
        if (params.payment_method && row.payment_method !== params.payment_method) return false;
        return !params.customer || row.customer === params.customer;
      });
      return paginate(rows, params, { url: "/v1/setup_intents", noun: "setup_intent" });
    },
  ),
  route("GET /v1/charges/:id", hash({}), (call) => found(call, "charges", "charge")),
  route("GET /v1/charges", hash({ ...LIST_PARAMS, customer: text, payment_intent: text }), (call, params) => {
    const rows = call.world.store.all("charges").filter((row) => {
      if (params.payment_intent && row.payment_intent !== params.payment_intent) return false;
      return !params.customer || row.customer === params.customer;
    });
    return paginate(rows, params, { url: "/v1/charges", noun: "charge" });
  }),
];
