import type Stripe from "stripe";
import { storedCard } from "../billing/pay-hosted-invoice.ts";
import { nowOf } from "../billing/test-clock.ts";
import type { World } from "../billing/world.ts";
import { cardFields, scriptWords, submitButton } from "./card-fields.ts";
import type { FieldErrors, FormFields } from "./card-form.ts";
import { testCards } from "./checkout-form.ts";
import { foot, type Page, testMode } from "./document.ts";
import { type Html, html } from "./html.ts";
import { brandIcon, icon } from "./icons.ts";
import { invoiceLines, invoiceParties } from "./invoice-facts.ts";
import type { Locale } from "./language.ts";
import { day, money } from "./money.ts";

export interface PayForm {
  locale: Locale;
  fields: FormFields;
  errors: FieldErrors;
  problem: string | null;
}

/** An invoice that is still open: what it is for, and ways to pay it. */
export function invoicePage(world: World, invoice: Stripe.Invoice, form: PayForm): Page {
  const { locale, problem } = form;
  const words = locale.words.invoice;
  const amount = money(invoice.amount_remaining, invoice.currency, locale);
  const saved = storedCard(world, invoice);
  const due = invoice.due_date === null ? words.dueNow : words.dueOn(day(invoice.due_date, locale));
  const writtenOff =
    invoice.status === "uncollectible"
      ? html`<div class="banner late">${icon("warning")}<p>${words.uncollectibleText}</p></div>`
      : null;
  return {
    title: words.payTitle(invoice.number ?? ""),
    lang: locale.lang,
    script: "checkout",
    body: html`<div class="invoice"><main id="hosted-invoice">
      <section class="paper">${testMode(locale)}<h1>${words.pay(amount)}</h1><p class="quiet">${due}</p>
        ${writtenOff}${problem === null ? null : html`<p class="alert" role="alert" id="page-alert" tabindex="-1">${problem}</p>`}
        ${invoiceParties(invoice, locale)}
        ${invoiceLines(world, invoice, locale)}</section>
      ${saved === null ? null : savedForm(invoice, { saved, amount, locale })}
      ${newCard(world, invoice, { ...form, heading: saved === null ? words.payWithCard : words.payOtherCard })}
    </main>${foot(locale)}</div>`,
  };
}

function newCard(
  world: World,
  invoice: Stripe.Invoice,
  { locale, fields, errors, heading }: PayForm & { heading: string },
): Html {
  const words = locale.words.invoice;
  const label = words.pay(money(invoice.amount_remaining, invoice.currency, locale));
  const said = { busy: words.payingSaid, done: words.paid };
  const now = nowOf(world, String(invoice.customer));
  return html`<section class="paper no-print"><h2>${heading}</h2>
    <form id="payment-form" method="post" action="/invoices/${invoice.id}/pay" novalidate data-now="${now}" data-words="${scriptWords(locale, said)}">
      <div id="form-alert" class="alert" role="alert" tabindex="-1" hidden></div>
      ${testCards(locale)}
      ${cardFields(fields, errors, locale)}
      ${submitButton({ label, busy: words.paying, done: words.paid })}
    </form></section>`;
}

function savedForm(
  invoice: Stripe.Invoice,
  { saved, amount, locale }: { saved: Stripe.PaymentMethod; amount: string; locale: Locale },
): Html {
  const words = locale.words.invoice;
  return html`<section class="paper no-print"><h2>${words.onFile}</h2><form method="post" action="/invoices/${invoice.id}/pay-saved">
    <button class="button" id="pay-saved"><span class="with-brand">${brandIcon(saved.card?.brand ?? "card")}${words.paySaved(amount, saved.card?.last4 ?? "")}</span></button></form></section>`;
}
