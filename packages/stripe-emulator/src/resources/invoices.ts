import { isWithin, LIST_PARAMS, paginate } from "../http/lists.ts";
import { either, hash, integer, oneOf, text } from "../http/params.ts";
import { type Route, route } from "../http/route.ts";
import { invoiceDraftRoutes } from "./create-invoice.ts";
import { found } from "./find.ts";
import { invoiceLineRoutes } from "./invoice-lines.ts";
import { invoicePaymentRoutes } from "./invoice-payments.ts";
import { invoiceStepRoutes } from "./pay-invoice.ts";
import { invoicePreviewRoutes } from "./preview-invoice.ts";

const LIST = hash({
  ...LIST_PARAMS,
  customer: text,
  subscription: text,
  status: oneOf("draft", "open", "paid", "uncollectible", "void"),
  collection_method: oneOf("charge_automatically", "send_invoice"),
  due_date: either(integer, hash({ gt: integer, gte: integer, lt: integer, lte: integer })),
});

/** Invoices: list, retrieve, their lines; and in files of their own what is done with them. */
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
      if (params.status && row.status !== params.status) return false;
      if (params.collection_method && row.collection_method !== params.collection_method) return false;
      return !params.due_date || (row.due_date !== null && isWithin(row.due_date, params.due_date));
    });
    return paginate(rows, params, {
      url: "/v1/invoices",
      noun: "invoice",
      all: call.world.store.scan("invoices"),
    });
  }),
  ...invoicePreviewRoutes,
  route("GET /v1/invoices/:id", hash({}), (call) => found(call, "invoices", "invoice")),
  ...invoiceLineRoutes,
  ...invoiceDraftRoutes,
  ...invoiceStepRoutes,
  ...invoicePaymentRoutes,
];
