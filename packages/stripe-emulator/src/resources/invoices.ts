import type Stripe from "stripe";
import { HOUR } from "../billing/calendar.ts";
import { isEnded } from "../billing/cancel-subscription.ts";
import { liveSubscriptions } from "../billing/change-card.ts";
import { collectInvoice } from "../billing/collect-invoice.ts";
import { finalizeInvoice, markPaid } from "../billing/invoicing.ts";
import { previewInvoice } from "../billing/preview-invoice.ts";
import { followInvoice, markUncollectible, voidInvoice } from "../billing/settle-invoice.ts";
import { badState, CardRefused } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { either, flag, hash, ignored, integer, list, oneOf, text, uncovered } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { found, named } from "./find.ts";
import { CHANGED_ITEM, changeOf } from "./price-change.ts";
import { resolvePaymentMethod } from "./resolve-payment-method.ts";

const RANGE = either(integer, ignored);
const LIST = hash({
  ...LIST_PARAMS,
  customer: text,
  subscription: text,
  status: oneOf("draft", "open", "paid", "uncollectible", "void"),
  collection_method: text,
  due_date: RANGE,
});
const PAY = hash({
  forgive: ignored,
  mandate: ignored,
  off_session: ignored,
  paid_out_of_band: flag,
  payment_method: text,
  source: uncovered,
});
const PREVIEW = hash({
  customer: text,
  preview_mode: oneOf("next"),
  subscription: text,
  subscription_details: hash({
    items: list(CHANGED_ITEM),
    proration_behavior: oneOf("create_prorations", "always_invoice", "none"),
  }),
});
const PAYMENTS = hash({
  ...LIST_PARAMS,
  invoice: text,
  status: oneOf("canceled", "open", "paid"),
  payment: hash(
    { type: oneOf("payment_intent", "payment_record"), payment_intent: text, payment_record: ignored },
    "type",
  ),
});

/** Invoices and their payments: retrieve, list, finalize, pay, void, give up. */
export const invoiceRoutes: Route[] = [
  route("GET /v1/invoices", LIST, (call, params) => {
    const { store } = call.world;
    const all = params.subscription
      ? store.where("invoices", "subscription", params.subscription)
      : params.customer
        ? store.where("invoices", "customer", params.customer)
        : store.all("invoices");
    const rows = all.filter((row) => {
      if (params.customer && row.customer !== params.customer) return false;
      return !params.status || row.status === params.status;
    });
    return paginate(rows, params, { url: "/v1/invoices", noun: "invoice" });
  }),
  route("POST /v1/invoices/create_preview", PREVIEW, preview),
  route("GET /v1/invoices/:id", hash({}), (call) => found(call, "invoices", "invoice")),
  route("GET /v1/invoices/:id/lines", hash(LIST_PARAMS), (call, params) => {
    const invoice = found(call, "invoices", "invoice");
    return paginate(invoice.lines.data.toReversed(), params, { url: invoice.lines.url, noun: "line_item" });
  }),
  route("POST /v1/invoices/:id/finalize", hash({ auto_advance: flag }), (call, params) => {
    const invoice = mustBe(call, "draft");
    finalizeInvoice(call.world, invoice.id);
    const auto_advance = params.auto_advance ?? invoice.auto_advance ?? false;
    const next_payment_attempt = auto_advance ? call.world.now() + HOUR : null;
    return call.world.change("invoices", invoice.id, { auto_advance, next_payment_attempt });
  }),
  route("POST /v1/invoices/:id/pay", PAY, payByHand),
  route("POST /v1/invoices/:id/void", hash({}), (call) =>
    voidInvoice(call.world, mustBe(call, "open", "uncollectible").id),
  ),
  route("POST /v1/invoices/:id/mark_uncollectible", hash({}), (call) =>
    markUncollectible(call.world, mustBe(call, "open").id),
  ),
  route("GET /v1/invoice_payments", PAYMENTS, (call, params) => {
    const rows = call.world.store.all("invoicePayments").filter((row) => {
      if (params.invoice && row.invoice !== params.invoice) return false;
      if (params.payment?.payment_intent && row.payment.payment_intent !== params.payment.payment_intent)
        return false;
      return !params.status || row.status === params.status;
    });
    return paginate(rows, params, { url: "/v1/invoice_payments", noun: "invoice_payment" });
  }),
  route("GET /v1/invoice_payments/:id", hash({}), (call) =>
    found(call, "invoicePayments", "invoice_payment"),
  ),
];

function preview(call: Call, params: ReturnType<typeof PREVIEW>): Stripe.Invoice {
  const { world } = call;
  const first = params.customer ? liveSubscriptions(world, params.customer).at(-1)?.id : undefined;
  const at = { id: params.subscription ?? first ?? "", noun: "subscription", param: "subscription" };
  const subscription = named(call, "subscriptions", at);
  if (isEnded(subscription) || subscription.cancel_at !== null || subscription.status === "paused")
    throw badState("No upcoming invoices for customer.", { code: "invoice_upcoming_none" });
  return previewInvoice(world, subscription, changeOf(call, subscription, params.subscription_details ?? {}));
}

function mustBe(call: Call, ...statuses: string[]): Stripe.Invoice {
  const invoice = found(call, "invoices", "invoice");
  if (statuses.includes(invoice.status ?? "")) return invoice;
  if (invoice.status === "paid") throw badState("Invoice is already paid", { code: "invoice_already_paid" });
  throw badState(`This invoice is ${invoice.status}; it must be ${statuses.join(" or ")}.`, {
    code: "invoice_not_editable",
  });
}

/** A draft is finalized first. A refused card answers 402, and the attempt stays on record. */
function payByHand(call: Call, params: ReturnType<typeof PAY>): Stripe.Invoice {
  const { world } = call;
  const { id, status } = mustBe(call, "draft", "open", "uncollectible");
  const method = params.payment_method
    ? resolvePaymentMethod(world, params.payment_method, "payment_method")
    : undefined;
  if (status === "draft") finalizeInvoice(world, id);
  if (params.paid_out_of_band) {
    markPaid(world, id, true);
    followInvoice(world, id);
    return found(call, "invoices", "invoice");
  }
  const attempt = collectInvoice(world, id, { byHand: true, ...(method && { method }) });
  if (attempt.kind === "ok") return found(call, "invoices", "invoice");
  if (attempt.kind === "declined") throw new CardRefused(attempt.decline);
  if (attempt.kind === "challenge") throw new CardRefused(ACTION_REQUIRED);
  throw badState("This customer has no payment method. Add one, or name it with payment_method.", {
    code: "invoice_payment_intent_requires_action",
  });
}

const ACTION_REQUIRED = {
  code: "invoice_payment_intent_requires_action",
  declineCode: null,
  message: "This payment requires additional user action before it can be completed successfully.",
};
