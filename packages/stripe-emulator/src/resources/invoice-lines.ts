import type Stripe from "stripe";
import { removeInvoiceItem, rewriteDraft } from "../billing/invoice-items.ts";
import { badState, missing } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, integer, list, mergeMetadata, metadata, oneOf, text, uncovered } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { lineOfItem } from "../objects/invoice-item.ts";
import { found, named } from "./find.ts";
import { changeItem, createItem, ITEM_FIELDS, NOT_EDITABLE } from "./invoice-items.ts";
import { PRICE_DATA } from "./priced.ts";

const FIELDS = {
  ...ITEM_FIELDS,
  amount: integer,
  price_data: PRICE_DATA,
  pricing: hash({ price: text }),
  quantity: integer,
  quantity_decimal: uncovered,
  tax_amounts: uncovered,
};
const { discounts: _shown, ...SHOWN } = FIELDS;
const ADD = hash(
  { invoice_metadata: metadata, lines: list(hash({ ...FIELDS, invoice_item: text })) },
  "lines",
);
const CHANGE = hash({ invoice_metadata: metadata, lines: list(hash({ ...SHOWN, id: text }, "id")) }, "lines");
const REMOVE = hash(
  {
    invoice_metadata: metadata,
    lines: list(hash({ behavior: oneOf("delete", "unassign"), id: text }, "behavior", "id")),
  },
  "lines",
);

/** The lines of an invoice: list; and of a draft: add, update, remove. */
export const invoiceLineRoutes: Route[] = [
  route("GET /v1/invoices/:id/lines", hash(LIST_PARAMS), (call, params) => {
    const invoice = found(call, "invoices", "invoice");
    return paginate(invoice.lines.data.toReversed(), params, { url: invoice.lines.url, noun: "line_item" });
  }),
  route("POST /v1/invoices/:id/lines/:line", hash(SHOWN), (call, params) => {
    const id = call.path["line"] ?? "";
    changeItem(call, itemOfLine(call, draftOf(call), id), params);
    return lineOf(draftOf(call), id);
  }),
  route("POST /v1/invoices/:id/add_lines", ADD, (call, params) => {
    for (const { invoice_item, ...line } of params.lines) {
      const { id, customer } = draftOf(call);
      if (invoice_item) assign(call, invoice_item);
      else createItem(call, { ...line, customer: String(customer), invoice: id });
    }
    return noted(call, params.invoice_metadata);
  }),
  route("POST /v1/invoices/:id/update_lines", CHANGE, (call, params) => {
    for (const { id, ...line } of params.lines) changeItem(call, itemOfLine(call, draftOf(call), id), line);
    return noted(call, params.invoice_metadata);
  }),
  route("POST /v1/invoices/:id/remove_lines", REMOVE, (call, params) => {
    for (const { behavior, id } of params.lines) {
      const item = itemOfLine(call, draftOf(call), id);
      if (behavior === "delete") removeInvoiceItem(call.world, item);
      else unassign(call, item, id);
    }
    return noted(call, params.invoice_metadata);
  }),
];

function draftOf(call: Call): Stripe.Invoice {
  const invoice = found(call, "invoices", "invoice");
  if (invoice.status !== "draft") throw badState(NOT_EDITABLE, { code: "invoice_not_editable" });
  return invoice;
}

function lineOf(invoice: Stripe.Invoice, id: string): Stripe.InvoiceLineItem {
  const line = invoice.lines.data.find((row) => row.id === id);
  if (line === undefined) throw missing("line_item", id, "lines");
  return line;
}

/** The item behind a line; those of a subscription's period have none and are changed there. */
function itemOfLine(call: Call, invoice: Stripe.Invoice, id: string): Stripe.InvoiceItem {
  const item = lineOf(invoice, id).parent?.invoice_item_details?.invoice_item;
  if (item === undefined)
    throw badState("The lines of a subscription's period cannot be changed.", { param: "lines" });
  return named(call, "invoiceItems", { id: item, noun: "invoiceitem", param: "lines" });
}

/** An item that waited goes into this draft. */
function assign(call: Call, id: string): void {
  const invoice = draftOf(call);
  const item = named(call, "invoiceItems", { id, noun: "invoiceitem", param: "lines" });
  if (item.customer !== invoice.customer || item.invoice !== null || item.currency !== invoice.currency)
    throw badState("The invoice item does not wait for an invoice of this customer and currency.", {
      param: "lines",
    });
  const assigned = call.world.change("invoiceItems", id, { invoice: invoice.id });
  rewriteDraft(call.world, invoice.id, (lines) => [...lines, lineOfItem(call.world, invoice.id, assigned)]);
}

function unassign(call: Call, item: Stripe.InvoiceItem, line: string): void {
  call.world.change("invoiceItems", item.id, { invoice: null });
  rewriteDraft(call.world, String(item.invoice), (lines) => lines.filter(({ id }) => id !== line));
}

function noted(call: Call, change: Record<string, string> | null | undefined): Stripe.Invoice {
  const { id, metadata: before } = draftOf(call);
  return call.world.update("invoice.updated", id, { metadata: mergeMetadata(before, change) });
}
