import type Stripe from "stripe";
import { isEnded } from "../billing/cancel-subscription.ts";
import { createInvoice, deleteInvoice } from "../billing/create-invoice.ts";
import { endDiscountsOf } from "../billing/end-discount.ts";
import { rewriteDraft } from "../billing/invoice-items.ts";
import { planOverdue } from "../billing/invoicing.ts";
import { badParam, badState, missing } from "../http/errors.ts";
import { hash, mergeMetadata, oneOf, text, uncovered } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { subscriptionOfInvoice } from "../objects/invoice.ts";
import { found, named, namedCustomer } from "./find.ts";
import { advanceOf, fieldsOf, INVOICE_FIELDS } from "./invoice-fields.ts";
import { giveWished } from "./wished-discounts.ts";

const CREATE = hash({
  ...INVOICE_FIELDS,
  currency: text,
  customer: text,
  from_invoice: uncovered,
  pending_invoice_items_behavior: oneOf("exclude", "include"),
  subscription: text,
});
const UPDATE = hash(INVOICE_FIELDS);
/** What stays open to change when the sums are fixed. */
const AFTER_FINALIZATION = new Set([
  "auto_advance",
  "default_payment_method",
  "description",
  "due_date",
  "footer",
  "metadata",
  "payment_settings",
  "rendering",
]);

/** Invoices made by hand: create, update, delete. */
export const invoiceDraftRoutes: Route[] = [
  route("POST /v1/invoices", CREATE, create),
  route("POST /v1/invoices/:id", UPDATE, update),
  route("DELETE /v1/invoices/:id", hash({}), (call) => {
    const draft = found(call, "invoices", "invoice");
    if (draft.status !== "draft" || subscriptionOfInvoice(draft) !== null)
      throw badState(
        "You can only delete draft invoices that are not for a subscription. Void the invoice instead.",
        { code: "invoice_not_editable" },
      );
    return deleteInvoice(call.world, draft);
  }),
];

function create(call: Call, params: ReturnType<typeof CREATE>): Stripe.Invoice {
  const { world } = call;
  const subscription = params.subscription ? namedSubscription(call, params.subscription) : null;
  const owner = params.customer ?? subscription?.customer;
  if (!owner) throw badParam("parameter_missing", "Missing required param: customer.", "customer");
  const customer = namedCustomer(call, String(owner));
  if (subscription !== null && subscription.customer !== customer.id)
    throw missing("subscription", subscription.id, "subscription");
  const include = params.pending_invoice_items_behavior === "include";
  const currency = params.currency?.toLowerCase() ?? subscription?.currency ?? usualCurrency(call, customer);
  const start = {
    customer: customer.id,
    collection_method: subscription?.collection_method ?? ("charge_automatically" as const),
    created: world.now(),
    due_date: null,
  };
  const days = params.days_until_due ?? (params.due_date ? null : subscription?.days_until_due);
  const given = params.collection_method ? params : { ...params, days_until_due: days ?? null };
  return createInvoice(world, {
    subscription,
    customer: customer.id,
    currency,
    include,
    fields: {
      auto_advance: false,
      ...advanceOf(call, params),
      ...fieldsOf(call, given, start),
      metadata: mergeMetadata({}, params.metadata),
    },
    discounts: discountsOf(call, params.discounts, currency),
  });
}

/** Absent: inherited; an empty string: none. */
function discountsOf(
  call: Call,
  wishes: ReturnType<typeof CREATE>["discounts"],
  currency: string,
): ((draft: Stripe.Invoice) => string[]) | null {
  if (wishes === undefined) return null;
  return (draft) =>
    giveWished(call, wishes ?? [], {
      owner: { customer: String(draft.customer), invoice: draft.id },
      amount: draft.subtotal,
      currency,
    });
}

function update(call: Call, params: ReturnType<typeof UPDATE>): Stripe.Invoice {
  const { world } = call;
  const before = found(call, "invoices", "invoice");
  const isDraft = before.status === "draft";
  const fixed = Object.keys(params).find((key) => !AFTER_FINALIZATION.has(key));
  if (!isDraft && fixed !== undefined)
    throw badState("Finalized invoices can't be updated in this way.", {
      code: "invoice_not_editable",
      param: fixed,
    });
  const advance = isDraft ? advanceOf(call, params) : retriesOf(call, before, params.auto_advance);
  const patch: Partial<Stripe.Invoice> = {
    ...advance,
    ...fieldsOf(call, params, before),
    metadata: mergeMetadata(before.metadata, params.metadata),
  };
  if (before.status === "open" && params.due_date) planOverdue(world, before.id, params.due_date);
  if (params.discounts === undefined) return world.update("invoice.updated", before.id, patch);
  const given = discountsOf(call, params.discounts, before.currency)?.(before) ?? [];
  const after = rewriteDraft(world, before.id, { ...patch, discounts: given });
  endDiscountsOf(world, before, given);
  return after;
}

/** An open invoice is tried by itself again, in an hour, or no more. */
function retriesOf(
  { world }: Call,
  before: Stripe.Invoice,
  auto_advance: boolean | null | undefined,
): Partial<Stripe.Invoice> {
  if (typeof auto_advance !== "boolean" || before.status !== "open") return {};
  const charges = auto_advance && before.collection_method === "charge_automatically";
  const next_payment_attempt = charges
    ? (before.next_payment_attempt ?? world.now() + world.settings.draftSeconds)
    : null;
  return { auto_advance, next_payment_attempt };
}

function namedSubscription(call: Call, id: string): Stripe.Subscription {
  const subscription = named(call, "subscriptions", { id, noun: "subscription", param: "subscription" });
  if (isEnded(subscription)) throw missing("subscription", id, "subscription");
  return subscription;
}

/** The customer's, else that of what waits for an invoice, else the account's. */
function usualCurrency({ world }: Call, customer: Stripe.Customer): string {
  const [waiting] = world.store.where("invoiceItems", "pending_for_customer", customer.id);
  return customer.currency ?? waiting?.currency ?? "sek";
}
