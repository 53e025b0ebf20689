import type Stripe from "stripe";
import { noteMovement } from "../billing/customer-balance.ts";
import { deleteCustomer } from "../billing/delete-customer.ts";
import { attachPaymentMethod } from "../billing/payment-methods.ts";
import { missing } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import {
  hash,
  ignored,
  integer,
  list,
  mergeMetadata,
  metadata,
  oneOf,
  text,
  uncovered,
} from "../http/params.ts";
import { type Call, idOf, type Route, route } from "../http/route.ts";
import { buildCustomer, liveCustomer } from "../objects/customer.ts";
import { CUSTOMER_COUPON, customerDiscount } from "./customer-discounts.ts";
import { found } from "./find.ts";
import { resolvePaymentMethod } from "./resolve-payment-method.ts";
import { addressOf, addressParam, customFieldsParam, sent, shippingOf, shippingParam } from "./shapes.ts";
import { namedClock } from "./test-clocks.ts";

/** That of the account; a customer has none of its own before its first purchase. */
const ACCOUNT_CURRENCY = "sek";
const INVOICE_SETTINGS = hash({
  default_payment_method: text,
  footer: text,
  custom_fields: customFieldsParam,
  rendering_options: hash({
    amount_tax_display: oneOf("exclude_tax", "include_inclusive_tax"),
    template: text,
  }),
});
const FIELDS = {
  ...CUSTOMER_COUPON,
  address: addressParam,
  balance: integer,
  business_name: text,
  description: text,
  email: text,
  individual_name: text,
  invoice_prefix: text,
  invoice_settings: INVOICE_SETTINGS,
  metadata,
  name: text,
  phone: text,
  preferred_locales: list(text),
  shipping: shippingParam,
  tax: ignored,
  tax_exempt: oneOf("exempt", "none", "reverse"),
};
const CREATE = hash({
  ...FIELDS,
  payment_method: text,
  test_clock: text,
  tax_id_data: ignored,
  source: uncovered,
});
const UPDATE = hash({ ...FIELDS, default_source: uncovered, source: uncovered, cash_balance: ignored });

/** Customers: create, retrieve, update, delete, list. */
export const customerRoutes: Route[] = [
  route("POST /v1/customers", CREATE, (call, params) => {
    const { world } = call;
    const test_clock = params.test_clock ? namedClock(call, params.test_clock) : null;
    const built = buildCustomer(world, {
      ...params,
      shipping: shippingOf(params.shipping),
      address: addressOf(params.address),
      metadata: mergeMetadata({}, params.metadata),
    });
    const customer = world.store.put("customers", { ...built, test_clock, balance: params.balance ?? 0 });
    if (params.balance)
      noteMovement(world, built, { amount: params.balance, currency: ACCOUNT_CURRENCY, type: "initial" });
    let settings = params.invoice_settings;
    if (params.payment_method) {
      const method = resolvePaymentMethod(world, params.payment_method, "payment_method");
      attachPaymentMethod(world, method.id, customer.id);
      // The same `pm_card_*` token twice in one call is one card, as `stripe trigger` sends it.
      if (settings?.default_payment_method === params.payment_method)
        settings = { ...settings, default_payment_method: method.id };
    }
    return world.inOrder(["customer.created"], () => {
      const rest = {
        ...settingsPatch(call, customer, settings),
        ...customerDiscount(world, customer, params),
      };
      const created = world.store.put("customers", { ...customer, ...rest });
      world.emit("customer.created", created);
      return created;
    });
  }),
  route("GET /v1/customers/:id", hash({}), (call) => found(call, "customers", "customer")),
  route("POST /v1/customers/:id", UPDATE, (call, params) => {
    const customer = mustLive(call);
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
      coupon,
      promotion_code,
      ...plain
    } = params;
    const patch: Partial<Stripe.Customer> = {
      ...sent(plain as Partial<Stripe.Customer>),
      ...(address !== undefined && { address: addressOf(address) }),
      ...(shipping !== undefined && { shipping: shippingOf(shipping) }),
      ...settingsPatch(call, customer, invoice_settings),
      ...customerDiscount(call.world, customer, { coupon, promotion_code }),
      metadata: mergeMetadata(customer.metadata, change),
      ...(typeof balance === "number" && { balance }),
    };
    if (typeof balance === "number" && balance !== customer.balance)
      noteMovement(call.world, customer, {
        amount: balance - customer.balance,
        currency: customer.currency ?? ACCOUNT_CURRENCY,
        type: "adjustment",
      });
    return call.world.update("customer.updated", customer.id, patch);
  }),
  route("DELETE /v1/customers/:id", hash({}), (call) => {
    return deleteCustomer(call.world, mustLive(call).id);
  }),
  route("GET /v1/customers", hash({ ...LIST_PARAMS, email: text, test_clock: text }), (call, params) => {
    // Customers on a clock are listed only when their clock is named.
    const clock = params.test_clock ?? null;
    const live = call.world.store
      .all("customers")
      .flatMap((row) => (row.deleted !== true && row.test_clock === clock ? [row] : []));
    const rows = params.email ? live.filter((row) => row.email === params.email) : live;
    return paginate(rows, params, {
      url: "/v1/customers",
      noun: "customer",
      all: call.world.store.scan("customers"),
    });
  }),
];

function mustLive(call: Call): Stripe.Customer {
  const customer = liveCustomer(call.world, idOf(call));
  if (customer === null) throw missing("customer", idOf(call));
  return customer;
}

/** What invoices of this customer are paid with by default, and what they say. */
function settingsPatch(
  { world }: Call,
  customer: Stripe.Customer,
  settings: ReturnType<typeof INVOICE_SETTINGS> | null | undefined,
): Partial<Stripe.Customer> {
  if (settings === undefined || settings === null) return {};
  const { default_payment_method: method, custom_fields, footer, rendering_options: rendering } = settings;
  if (method && world.store.get("paymentMethods", method)?.customer !== customer.id)
    throw missing("PaymentMethod", method, "invoice_settings[default_payment_method]");
  const changed = sent({
    default_payment_method: method,
    footer,
    custom_fields,
    rendering_options: rendering && {
      amount_tax_display: rendering.amount_tax_display ?? null,
      template: rendering.template ?? null,
    },
  });
  return { invoice_settings: { ...customer.invoice_settings, ...changed } };
}
