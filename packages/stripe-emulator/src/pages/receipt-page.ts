import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import type { Engine } from "../engine.ts";
import { foot, notice, type Page, sendPage, testMode } from "./document.ts";
import { html } from "./html.ts";
import { icon } from "./icons.ts";
import { invoiceLines, invoiceParties } from "./invoice-facts.ts";
import { invoicePage } from "./invoice-page.ts";
import { invoiceLocale, openInvoice } from "./invoice-routes.ts";
import { type Locale, localeFor } from "./language.ts";
import { day, money } from "./money.ts";

type Path = { Params: { id: string } };

/** Hosted invoices (`hosted_invoice_url`) and receipts of charges (`receipt_url`). */
export function serveReceipts(app: FastifyInstance, engine: Engine): void {
  app.get<Path>("/invoices/:id", (request, reply) => {
    const open = openInvoice(engine, request.params.id);
    const invoice = engine.store.get("invoices", request.params.id);
    if (invoice === undefined || invoice.status === "draft") return none(request, reply);
    const locale = invoiceLocale(engine, request, invoice);
    if (open !== null)
      return sendPage(
        reply,
        invoicePage(engine.world, open, { locale, fields: {}, errors: {}, problem: null }),
      );
    return sendPage(reply, closedInvoicePage(engine.world, invoice, locale));
  });
  app.get<Path>("/receipts/:id", (request, reply) => {
    const charge = engine.store.get("charges", request.params.id);
    if (charge === undefined) return none(request, reply);
    const intent = String(charge.payment_intent);
    const payment = engine.store.where("invoicePayments", "payment_intent", intent)[0];
    const invoice = engine.store.get("invoices", String(payment?.invoice));
    if (invoice !== undefined) {
      const locale = invoiceLocale(engine, request, invoice);
      return sendPage(reply, closedInvoicePage(engine.world, invoice, locale));
    }
    return sendPage(reply, chargePage(charge, localeFor(request, null, charge.currency)));
  });
}

function none(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const locale = localeFor(request, null, null);
  const { notFound: title, noReceipt: text } = locale.words.closed;
  return sendPage(reply, notice({ title, text, status: 404, locale }));
}

/** An invoice that was paid or is void: what it was for, to be kept or printed. */
function closedInvoicePage(world: World, invoice: Stripe.Invoice, locale: Locale): Page {
  const words = locale.words.invoice;
  const paid = invoice.status_transitions.paid_at;
  const isVoid = invoice.status === "void";
  const state = paid === null ? (isVoid ? words.voidText : null) : words.paidOn(day(paid, locale));
  const heading = isVoid ? words.voidHeading : words.paidHeading;
  const mark = isVoid
    ? html`<span class="late">${icon("close")}</span>`
    : html`<span>${icon("check")}</span>`;
  return {
    title: words.title(invoice.number ?? ""),
    lang: locale.lang,
    script: "checkout",
    body: html`<div class="invoice"><main id="receipt"><section class="paper">${testMode(locale)}
      <div class="big-mark">${mark}</div><h1>${heading}</h1>
      <p class="big-amount ${isVoid ? "struck" : ""}">${money(isVoid ? invoice.total : invoice.amount_paid, invoice.currency, locale)}</p>
      <p class="quiet">${state}</p>
      ${invoiceParties(invoice, locale)}${invoiceLines(world, invoice, locale)}
      <p class="no-print"><button type="button" class="button plain" data-print hidden>${words.print}</button></p></section></main>${foot(locale)}</div>`,
  };
}

/** The receipt of a payment that no invoice stands behind. */
function chargePage(charge: Stripe.Charge, locale: Locale): Page {
  const words = locale.words.invoice;
  const amount = (value: number) => money(value, charge.currency, locale);
  const refunded =
    charge.amount_refunded > 0
      ? html`<div class="row"><dt>${words.refunded}</dt><dd>${amount(-charge.amount_refunded)}</dd></div>`
      : null;
  return {
    title: words.receiptTitle,
    lang: locale.lang,
    script: "checkout",
    body: html`<div class="invoice"><main id="receipt"><section class="paper">${testMode(locale)}
      <div class="big-mark"><span>${icon("check")}</span></div><h1>${words.paid}</h1>
      <p class="big-amount">${amount(charge.amount)}</p><p class="quiet">${words.paidOn(day(charge.created, locale))}</p>
      <dl class="lines"><div class="row"><dt>${charge.description ?? charge.id}</dt><dd>${amount(charge.amount)}</dd></div>${refunded}
      <div class="row"><dt>${words.method}</dt><dd>•••• ${charge.payment_method_details?.card?.last4}</dd></div></dl>
      <p class="no-print"><button type="button" class="button plain" data-print hidden>${words.print}</button></p></section></main>${foot(locale)}</div>`,
  };
}
