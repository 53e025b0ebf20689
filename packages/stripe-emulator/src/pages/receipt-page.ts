import type { FastifyInstance } from "fastify";
import type Stripe from "stripe";
import type { Engine } from "../engine.ts";
import { notice, type Page, sendPage, TEST_MODE } from "./document.ts";
import { html } from "./html.ts";
import { invoicePage } from "./invoice-page.ts";
import { openInvoice } from "./invoice-routes.ts";
import { day, localeOf, money } from "./money.ts";

/** Hosted invoices (`hosted_invoice_url`) and receipts of charges (`receipt_url`). */
export function serveReceipts(app: FastifyInstance, engine: Engine): void {
  const none = { title: "Page not found", text: "There is no receipt at this address.", status: 404 };
  app.get<{ Params: { id: string } }>("/invoices/:id", (request, reply) => {
    const open = openInvoice(engine, request.params.id);
    if (open !== null)
      return sendPage(reply, invoicePage(engine.world, open, { fields: {}, errors: {}, problem: null }));
    const invoice = engine.store.get("invoices", request.params.id);
    return sendPage(
      reply,
      invoice === undefined || invoice.status === "draft" ? notice(none) : receiptPage(invoice),
    );
  });
  app.get<{ Params: { id: string } }>("/receipts/:id", (request, reply) => {
    const charge = engine.store.get("charges", request.params.id);
    const payment = engine.store.where(
      "invoicePayments",
      "payment_intent",
      String(charge?.payment_intent),
    )[0];
    const invoice = engine.store.get("invoices", String(payment?.invoice));
    return sendPage(
      reply,
      charge === undefined || invoice === undefined ? notice(none) : receiptPage(invoice),
    );
  });
}

function receiptPage(invoice: Stripe.Invoice): Page {
  const locale = localeOf(null, invoice.currency);
  const paid = invoice.status_transitions.paid_at;
  const state = paid === null ? "Void: there is nothing to pay" : `Paid on ${day(paid, locale)}`;
  return {
    title: `Invoice ${invoice.number} (test mode)`,
    body: html`<main class="sheet" id="receipt">${TEST_MODE}<h1>Invoice ${invoice.number}</h1><p>${state}</p>
      <section class="card"><dl>
        <div class="row"><dt>Billed to</dt><dd>${invoice.customer_email ?? "–"}</dd></div>
        <div class="row"><dt>Date</dt><dd>${day(invoice.created, locale)}</dd></div>
        ${invoice.lines.data.map((line) => html`<div class="row"><dt>${line.description}<br><span class="quiet">${day(line.period.start, locale)} – ${day(line.period.end, locale)}</span></dt><dd>${money(line.amount, line.currency, locale)}</dd></div>`)}
        <div class="row total"><dt>Total</dt><dd>${money(invoice.total, invoice.currency, locale)}</dd></div>
      </dl></section></main>`,
  };
}
