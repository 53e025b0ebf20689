import { expireCheckout } from "../billing/expire-checkout.ts";
import { badState } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, mergeMetadata, metadata, oneOf, text, uncovered } from "../http/params.ts";
import { type Route, route } from "../http/route.ts";
import { SESSION_CREATE } from "./checkout-params.ts";
import { createSession } from "./create-session.ts";
import { found } from "./find.ts";

const URL = "/v1/checkout/sessions";
const LIST = hash({
  ...LIST_PARAMS,
  customer: text,
  subscription: text,
  payment_intent: text,
  payment_link: text,
  customer_details: hash({ email: text }, "email"),
  customer_account: uncovered,
  status: oneOf("complete", "expired", "open"),
});

/** Checkout Sessions: create, retrieve, update (metadata), list, expire, line items. */
export const checkoutSessionRoutes: Route[] = [
  route(`POST ${URL}`, SESSION_CREATE, createSession),
  route(`GET ${URL}`, LIST, (call, params) => {
    const rows = call.world.store.all("sessions").filter((row) => {
      if (params.payment_link) return false; // no session here comes from a payment link
      if (params.customer && row.customer !== params.customer) return false;
      if (params.subscription && row.subscription !== params.subscription) return false;
      if (params.payment_intent && row.payment_intent !== params.payment_intent) return false;
      if (params.customer_details?.email && row.customer_details?.email !== params.customer_details.email)
        return false;
      return !params.status || row.status === params.status;
    });
    return paginate(rows, params, {
      url: URL,
      noun: "checkout.session",
      all: call.world.store.scan("sessions"),
    });
  }),
  route(`GET ${URL}/:id`, hash({}), (call) => found(call, "sessions", "checkout.session")),
  route(
    `POST ${URL}/:id`,
    hash({ metadata, collected_information: uncovered, line_items: uncovered, shipping_options: uncovered }),
    (call, params) => {
      const session = found(call, "sessions", "checkout.session");
      return call.world.change("sessions", session.id, {
        metadata: mergeMetadata(session.metadata, params.metadata),
      });
    },
  ),
  route(`POST ${URL}/:id/expire`, hash({}), (call) => {
    const session = found(call, "sessions", "checkout.session");
    if (session.status !== "open") {
      throw badState(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
      );
    }
    return expireCheckout(call.world, session.id);
  }),
  route(`GET ${URL}/:id/line_items`, hash(LIST_PARAMS), (call, params) => {
    const { id } = found(call, "sessions", "checkout.session");
    const items = call.world.store.get("checkoutPlans", id)?.lineItems ?? [];
    // Line items come in the order of the session, not newest first.
    return paginate(items.toReversed(), params, { url: `${URL}/${id}/line_items`, noun: "item" });
  }),
];
