import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type Stripe from "stripe";
import type { Attempt } from "../billing/collect-invoice.ts";
import {
  challengedCard,
  failInvoiceChallenge,
  payHostedInvoice,
  storedCard,
} from "../billing/pay-hosted-invoice.ts";
import { savePaymentMethod } from "../billing/payment-methods.ts";
import { inTimeOf, nowOf } from "../billing/test-clock.ts";
import type { Engine } from "../engine.ts";
import { liveCustomer } from "../objects/customer.ts";
import { bankPage } from "./bank-page.ts";
import { readCard } from "./card-form.ts";
import { notice, sendPage } from "./document.ts";
import { fieldsOf, inOneStep } from "./form-post.ts";
import { invoicePage } from "./invoice-page.ts";
import { type Locale, localeFor } from "./language.ts";

type Path = { Params: { id: string }; Querystring: { problem?: string } };
type Pay = { method: Stripe.PaymentMethod; challengePassed: boolean };

/** Paying an open invoice on its hosted page, with 3-D Secure when the card asks for it. */
export function serveInvoices(app: FastifyInstance, engine: Engine): void {
  app.post<Path>("/invoices/:id/pay", (request, reply) => payWithCard(engine, request, reply));
  app.post<Path>("/invoices/:id/pay-saved", (request, reply) => {
    const invoice = openInvoice(engine, request.params.id);
    const method = invoice === null ? null : storedCard(engine.world, invoice);
    if (invoice === null || method === null) return reply.redirect(`/invoices/${request.params.id}`, 303);
    const attempt = pay(engine, invoice, { method, challengePassed: false });
    if (attempt.kind !== "declined") return reply.redirect(nextUrl(invoice, attempt), 303);
    return showAgain(engine, reply, { invoice, request, problem: attempt.decline.message });
  });
  app.get<Path>("/invoices/:id/challenge", (request, reply) => {
    const invoice = openInvoice(engine, request.params.id);
    const method = invoice === null ? null : challengedCard(engine.world, invoice.id);
    if (invoice === null || method === null) return reply.redirect(`/invoices/${request.params.id}`, 303);
    return sendPage(
      reply,
      bankPage({
        action: `/invoices/${invoice.id}/challenge`,
        locale: invoiceLocale(engine, request, invoice),
        amount: invoice.amount_remaining,
        currency: invoice.currency,
        now: nowOf(engine.world, String(invoice.customer)),
        merchant: invoice.account_name ?? "–",
        last4: method.card?.last4 ?? "",
        leadsTo: [],
      }),
    );
  });
  app.post<Path>("/invoices/:id/challenge", (request, reply) => {
    const invoice = openInvoice(engine, request.params.id);
    const method = invoice === null ? null : challengedCard(engine.world, invoice.id);
    if (invoice === null || method === null) return reply.redirect(`/invoices/${request.params.id}`, 303);
    if (fieldsOf(request)["answer"] !== "complete") {
      inOneStep(engine, () => failInvoiceChallenge(engine.world, invoice.id, method));
      const problem = invoiceLocale(engine, request, invoice).words.bank.failed;
      return showAgain(engine, reply, { invoice, request, problem });
    }
    const attempt = pay(engine, invoice, { method, challengePassed: true });
    if (attempt.kind !== "declined") return reply.redirect(`/invoices/${invoice.id}`, 303);
    return showAgain(engine, reply, { invoice, request, problem: attempt.decline.message });
  });
}

/** Shows the form of an open invoice; null when it is not open. */
export function openInvoice(engine: Engine, id: string): Stripe.Invoice | null {
  const invoice = engine.store.get("invoices", id);
  return invoice?.status === "open" || invoice?.status === "uncollectible" ? invoice : null;
}

/** An invoice speaks its customer's language, else the browser's. */
export function invoiceLocale(engine: Engine, request: FastifyRequest, invoice: Stripe.Invoice): Locale {
  const customer = liveCustomer(engine.world, String(invoice.customer));
  return localeFor(request, customer?.preferred_locales?.[0] ?? null, invoice.currency);
}

function payWithCard(engine: Engine, request: FastifyRequest<Path>, reply: FastifyReply): FastifyReply {
  const invoice = openInvoice(engine, request.params.id);
  const wantsJson = String(request.headers.accept).includes("application/json");
  const go = (url: string) => (wantsJson ? reply.send({ next: "go", url }) : reply.redirect(url, 303));
  if (invoice === null) return go(`/invoices/${request.params.id}`);
  const fields = fieldsOf(request);
  const locale = invoiceLocale(engine, request, invoice);
  const now = nowOf(engine.world, String(invoice.customer));
  const { card, errors } = readCard(fields, now, locale.words);
  if (card === null) {
    if (wantsJson) return reply.send({ next: "stay", errors });
    return sendPage(reply, invoicePage(engine.world, invoice, { locale, fields, errors, problem: null }));
  }
  const attempt = inOneStep(engine, () => {
    const email = invoice.customer_email;
    const method = savePaymentMethod(engine.world, card, { email, authenticated: false });
    return payNow(engine, invoice, { method, challengePassed: false });
  });
  if (attempt.kind !== "declined") return go(nextUrl(invoice, attempt));
  const problem = attempt.decline.message;
  return wantsJson
    ? reply.send({ next: "stay", problem: locale.words.decline[problem] ?? problem })
    : showAgain(engine, reply, { invoice, request, problem });
}

function pay(engine: Engine, invoice: Stripe.Invoice, how: Pay): Attempt {
  return inOneStep(engine, () => payNow(engine, invoice, how));
}

function payNow({ world }: Engine, invoice: Stripe.Invoice, how: Pay): Attempt {
  return inTimeOf(world, String(invoice.customer), () => payHostedInvoice(world, invoice.id, how));
}

function nextUrl(invoice: Stripe.Invoice, attempt: Attempt): string {
  return attempt.kind === "challenge" ? `/invoices/${invoice.id}/challenge` : `/invoices/${invoice.id}`;
}

function showAgain(
  engine: Engine,
  reply: FastifyReply,
  { invoice, request, problem: said }: { invoice: Stripe.Invoice; request: FastifyRequest; problem: string },
): FastifyReply {
  const now = openInvoice(engine, invoice.id);
  const locale = invoiceLocale(engine, request, invoice);
  const problem = locale.words.decline[said] ?? said;
  if (now === null)
    return sendPage(reply, notice({ title: locale.words.closed.notToPay, text: problem, locale }));
  return sendPage(reply, invoicePage(engine.world, now, { locale, fields: {}, errors: {}, problem }));
}
