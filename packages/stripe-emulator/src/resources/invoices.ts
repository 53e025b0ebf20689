import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { either, hash, ignored, integer, oneOf, text } from "../http/params.ts";
import { type Route, route } from "../http/route.ts";
import { subscriptionOfInvoice } from "../objects/invoice.ts";
import { found } from "./find.ts";

const RANGE = either(integer, ignored);
const LIST = hash({
  ...LIST_PARAMS,
  customer: text,
  subscription: text,
  status: oneOf("draft", "open", "paid", "uncollectible", "void"),
  collection_method: text,
  due_date: RANGE,
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

/** Invoices and their payments: retrieve and list. */
export const invoiceRoutes: Route[] = [
  route("GET /v1/invoices", LIST, (call, params) => {
    const rows = call.world.store.all("invoices").filter((row) => {
      if (params.customer && row.customer !== params.customer) return false;
      if (params.subscription && subscriptionOfInvoice(row) !== params.subscription) return false;
      return !params.status || row.status === params.status;
    });
    return paginate(rows, params, { url: "/v1/invoices", noun: "invoice" });
  }),
  route("GET /v1/invoices/:id", hash({}), (call) => found(call, "invoices", "invoice")),
  route("GET /v1/invoices/:id/lines", hash(LIST_PARAMS), (call, params) => {
    const invoice = found(call, "invoices", "invoice");
    return paginate(invoice.lines.data.toReversed(), params, { url: invoice.lines.url, noun: "line_item" });
  }),
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
