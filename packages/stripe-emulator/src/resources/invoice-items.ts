import type Stripe from "stripe";
import { isEnded } from "../billing/cancel-subscription.ts";
import { endDiscountsOf } from "../billing/end-discount.ts";
import { addInvoiceItem, changeInvoiceItem, removeInvoiceItem } from "../billing/invoice-items.ts";
import { badParam, badState, missing } from "../http/errors.ts";
import { isWithin, LIST_PARAMS, paginate } from "../http/lists.ts";
import { flag, hash, ignored, integer, mergeMetadata, metadata, text, uncovered } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { wireDecimal } from "../objects/decimal.ts";
import { buildManualItem, pricingOf } from "../objects/invoice-item.ts";
import { found, named, namedCustomer } from "./find.ts";
import { PRICED, pricedOf } from "./priced.ts";
import { giveWished, WISHED_DISCOUNTS } from "./wished-discounts.ts";

const URL = "/v1/invoiceitems";
/** What is said of invoices that are fixed. */
export const NOT_EDITABLE =
  "The specified invoice can no longer be edited. Instead, consider creating additional invoice items that will be applied to the next invoice. You can either manually generate the next invoice or wait for it to be automatically generated at the end of the billing cycle.";
const PERIOD = hash({ start: integer, end: integer }, "start", "end");
const { currency: _fixed, ...PRICED_AGAIN } = PRICED;
/** What an item is given. */
export const ITEM_FIELDS = {
  description: text,
  discountable: flag,
  discounts: WISHED_DISCOUNTS,
  metadata,
  period: PERIOD,
  tax_behavior: ignored,
  tax_code: ignored,
  tax_rates: uncovered,
};
const CREATE = hash(
  { ...ITEM_FIELDS, ...PRICED, customer: text, invoice: text, subscription: text },
  "customer",
);
const UPDATE = hash({ ...ITEM_FIELDS, ...PRICED_AGAIN, invoicing_rules: ignored });
const LIST = hash({ ...LIST_PARAMS, customer: text, invoice: text, pending: flag });

/** Invoice items: create, retrieve, update, delete, list. */
export const invoiceItemRoutes: Route[] = [
  route(`POST ${URL}`, CREATE, createItem),
  route(`GET ${URL}`, LIST, (call, { created, ...params }) => {
    const rows = rowsOf(call, params).filter((row) => {
      if (params.customer && row.customer !== params.customer) return false;
      if (typeof params.pending === "boolean" && (row.invoice === null) !== params.pending) return false;
      return isWithin(row.date, created);
    });
    return paginate(rows, params, {
      url: URL,
      noun: "invoiceitem",
      all: call.world.store.scan("invoiceItems"),
    });
  }),
  route(`GET ${URL}/:id`, hash({}), (call) => found(call, "invoiceItems", "invoiceitem")),
  route(`POST ${URL}/:id`, UPDATE, (call, params) => changeItem(call, editable(call), params)),
  route(`DELETE ${URL}/:id`, hash({}), (call) => {
    const item = editable(call);
    removeInvoiceItem(call.world, item);
    return { id: item.id, object: "invoiceitem", deleted: true } satisfies Stripe.DeletedInvoiceItem;
  }),
];

function rowsOf(
  { world: { store } }: Call,
  by: { invoice?: string | null; customer?: string | null },
): Stripe.InvoiceItem[] {
  if (by.invoice) return store.where("invoiceItems", "invoice", by.invoice);
  return by.customer ? store.where("invoiceItems", "customer", by.customer) : store.all("invoiceItems");
}

/** Makes an item, for the next invoice or for the draft that is named. */
export function createItem(call: Call, params: ReturnType<typeof CREATE>): Stripe.InvoiceItem {
  const { world } = call;
  const customer = namedCustomer(call, params.customer);
  const invoice = params.invoice ? draftOf(call, params.invoice, customer.id) : null;
  const subscription = params.subscription ? liveOf(call, params.subscription, customer.id) : null;
  const usual = invoice?.currency ?? subscription?.currency ?? customer.currency ?? null;
  const priced = pricedOf(call, params, { currency: usual });
  if (priced === null) throw badParam("parameter_missing", "Missing required param: amount.", "amount");
  const expected = invoice?.currency ?? subscription?.currency ?? priced.currency;
  if (priced.currency !== expected)
    throw badState(
      `The currency of the invoice item (${priced.currency}) must match the currency of the ${invoice === null ? "subscription" : "invoice"} (${expected}).`,
      { param: "currency" },
    );
  const item = buildManualItem(world, {
    ...priced,
    customer: customer.id,
    subscription: subscription?.id ?? null,
    description: params.description ?? priced.name,
    discountable: params.discountable ?? priced.amount >= 0,
    metadata: mergeMetadata({}, params.metadata),
    period: periodOf(params.period),
  });
  const discounts = discountsFor(call, item, params.discounts ?? []);
  return addInvoiceItem(world, { ...item, discounts }, invoice?.id ?? null);
}

/** Changes what was said of an item. */
export function changeItem(
  call: Call,
  item: Stripe.InvoiceItem,
  params: ReturnType<typeof UPDATE>,
): Stripe.InvoiceItem {
  const priced = pricedOf(call, again(item, params), { currency: item.currency });
  if (priced !== null && priced.currency !== item.currency)
    throw badState("The currency of an invoice item cannot be changed.", { param: "pricing" });
  const period = periodOf(params.period);
  const { discounts: wishes } = params;
  const discounts = wishes === undefined ? undefined : discountsFor(call, item, wishes ?? []);
  const after = changeInvoiceItem(call.world, item.id, {
    metadata: mergeMetadata(item.metadata, params.metadata),
    ...(params.description !== undefined && { description: params.description }),
    ...(typeof params.discountable === "boolean" && { discountable: params.discountable }),
    ...(period !== null && { period }),
    ...(priced !== null && {
      amount: priced.amount,
      quantity: priced.quantity,
      quantity_decimal: wireDecimal(priced.quantity),
      pricing: pricingOf(priced.price),
    }),
    ...(discounts && { discounts }),
  });
  if (discounts !== undefined) endDiscountsOf(call.world, item, discounts);
  return after;
}

function discountsFor(
  call: Call,
  { id, amount, currency, customer }: Stripe.InvoiceItem,
  wishes: ReturnType<typeof WISHED_DISCOUNTS>,
): string[] {
  return giveWished(call, wishes, {
    owner: { customer: String(customer), invoiceItem: id },
    amount,
    currency,
  });
}

/** Another quantity alone is one of the price it has; another price keeps the quantity. */
function again(item: Stripe.InvoiceItem, params: ReturnType<typeof UPDATE>): Parameters<typeof pricedOf>[1] {
  const priced =
    params.pricing?.price ?? params.price_data ?? params.unit_amount_decimal ?? params.unit_amount;
  const quantity = params.quantity ?? item.quantity;
  if (priced !== undefined && priced !== null) return { ...params, quantity };
  if (typeof params.quantity !== "number" || typeof params.amount === "number") return params;
  return { unit_amount: Number(item.pricing?.unit_amount_decimal ?? 0), quantity };
}

/** The item, unless its invoice is fixed by now. */
function editable(call: Call): Stripe.InvoiceItem {
  const item = found(call, "invoiceItems", "invoiceitem");
  const invoice = call.world.store.get("invoices", String(item.invoice));
  if (invoice !== undefined && invoice.status !== "draft")
    throw badState(NOT_EDITABLE, { code: "invoice_not_editable" });
  return item;
}

function draftOf(call: Call, id: string, customer: string): Stripe.Invoice {
  const invoice = named(call, "invoices", { id, noun: "invoice", param: "invoice" });
  if (invoice.customer !== customer) throw missing("invoice", id, "invoice");
  if (invoice.status !== "draft") throw badState(NOT_EDITABLE, { code: "invoice_not_editable" });
  return invoice;
}

function liveOf(call: Call, id: string, customer: string): Stripe.Subscription {
  const subscription = named(call, "subscriptions", { id, noun: "subscription", param: "subscription" });
  if (subscription.customer !== customer || isEnded(subscription))
    throw missing("subscription", id, "subscription");
  return subscription;
}

function periodOf(
  period: { start: number; end: number } | null | undefined,
): { start: number; end: number } | null {
  if (!period) return null;
  if (period.end < period.start)
    throw badState("The period's end must be after its start.", { param: "period[end]" });
  return { start: period.start, end: period.end };
}
