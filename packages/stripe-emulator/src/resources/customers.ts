import type Stripe from "stripe";
import { cancelSubscription, isEnded } from "../billing/cancel-subscription.ts";
import { attachPaymentMethod } from "../billing/payment-methods.ts";
import type { World } from "../billing/world.ts";
import { missing } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, ignored, list, mergeMetadata, metadata, oneOf, text, uncovered } from "../http/params.ts";
import { type Call, idOf, type Route, route } from "../http/route.ts";
import { buildCustomer, liveCustomer } from "../objects/customer.ts";
import { found } from "./find.ts";
import { resolvePaymentMethod } from "./resolve-payment-method.ts";
import { addressOf, addressParam, sent } from "./shapes.ts";

const FIELDS = {
  address: addressParam,
  balance: uncovered,
  business_name: text,
  description: text,
  email: text,
  individual_name: text,
  invoice_prefix: text,
  invoice_settings: hash({
    default_payment_method: text,
    footer: ignored,
    custom_fields: ignored,
    rendering_options: ignored,
  }),
  metadata,
  name: text,
  phone: text,
  preferred_locales: list(text),
  shipping: ignored,
  tax: ignored,
  tax_exempt: oneOf("exempt", "none", "reverse"),
};
const CREATE = hash({
  ...FIELDS,
  payment_method: text,
  test_clock: uncovered,
  tax_id_data: ignored,
  source: uncovered,
});
const UPDATE = hash({ ...FIELDS, default_source: uncovered, source: uncovered, cash_balance: ignored });

/** Customers: create, retrieve, update, delete, list. */
export const customerRoutes: Route[] = [
  route("POST /v1/customers", CREATE, (call, params) => {
    const { world } = call;
    const customer = buildCustomer(world, {
      ...params,
      shipping: null,
      address: addressOf(params.address),
      metadata: mergeMetadata({}, params.metadata),
    });
    world.store.put("customers", customer);
    if (params.payment_method) {
      const method = resolvePaymentMethod(world, params.payment_method, "payment_method");
      attachPaymentMethod(world, method.id, customer.id);
    }
    setDefault(call, customer.id, params.invoice_settings?.default_payment_method);
    const created = world.store.get("customers", customer.id) as Stripe.Customer;
    world.emit("customer.created", created);
    return created;
  }),
  route("GET /v1/customers/:id", hash({}), (call) => found(call, "customers", "customer")),
  route("POST /v1/customers/:id", UPDATE, (call, params) => {
    const customer = mustLive(call);
    setDefault(call, customer.id, params.invoice_settings?.default_payment_method);
    const {
      address,
      metadata: change,
      invoice_settings,
      shipping,
      tax,
      cash_balance,
      balance,
      source,
      default_source,
      ...plain
    } = params;
    const patch: Partial<Stripe.Customer> = {
      ...sent(plain as Partial<Stripe.Customer>),
      ...(address !== undefined && { address: addressOf(address) }),
      metadata: mergeMetadata(customer.metadata, change),
    };
    return call.world.update("customer.updated", customer.id, patch);
  }),
  route("DELETE /v1/customers/:id", hash({}), (call) => {
    const customer = mustLive(call);
    for (const subscription of subscriptionsOf(call.world, customer.id))
      cancelSubscription(call.world, subscription.id, null);
    call.world.emit("customer.deleted", customer);
    return call.world.store.put("customers", { id: customer.id, object: "customer", deleted: true });
  }),
  route("GET /v1/customers", hash({ ...LIST_PARAMS, email: text, test_clock: ignored }), (call, params) => {
    const live = call.world.store.all("customers").filter((row) => row.deleted !== true);
    const rows = params.email ? live.filter((row) => row.email === params.email) : live;
    return paginate(rows, params, { url: "/v1/customers", noun: "customer" });
  }),
];

function mustLive(call: Call): Stripe.Customer {
  const customer = liveCustomer(call.world, idOf(call));
  if (customer === null) throw missing("customer", idOf(call));
  return customer;
}

function subscriptionsOf(world: World, customer: string): Stripe.Subscription[] {
  return world.store.all("subscriptions").filter((row) => row.customer === customer && !isEnded(row));
}

function setDefault({ world }: Call, id: string, method: string | null | undefined): void {
  if (method === undefined) return;
  const customer = liveCustomer(world, id);
  const owned = method === null ? undefined : world.store.get("paymentMethods", method);
  if (customer === null) return;
  if (method !== null && owned?.customer !== id) {
    throw missing("PaymentMethod", method, "invoice_settings[default_payment_method]");
  }
  const invoice_settings = { ...customer.invoice_settings, default_payment_method: method };
  world.change("customers", id, { invoice_settings });
}
