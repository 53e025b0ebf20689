import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, ignored, oneOf, text } from "../http/params.ts";
import { type Route, route } from "../http/route.ts";
import { found } from "./find.ts";

const LIST = hash({
  ...LIST_PARAMS,
  invoice: text,
  status: oneOf("canceled", "open", "paid"),
  payment: hash(
    { type: oneOf("payment_intent", "payment_record"), payment_intent: text, payment_record: ignored },
    "type",
  ),
});

/** What connects invoices with the intents that pay them: retrieve, list. */
export const invoicePaymentRoutes: Route[] = [
  route("GET /v1/invoice_payments", LIST, (call, params) => {
    const rows = call.world.store.all("invoicePayments").filter((row) => {
      if (params.invoice && row.invoice !== params.invoice) return false;
      if (params.payment?.payment_intent && row.payment.payment_intent !== params.payment.payment_intent)
        return false;
      return !params.status || row.status === params.status;
    });
    return paginate(rows, params, {
      url: "/v1/invoice_payments",
      noun: "invoice_payment",
      all: call.world.store.scan("invoicePayments"),
    });
  }),
  route("GET /v1/invoice_payments/:id", hash({}), (call) =>
    found(call, "invoicePayments", "invoice_payment"),
  ),
];
