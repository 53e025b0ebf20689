import type Stripe from "stripe";
import { storedCard } from "../billing/pay-hosted-invoice.ts";
import type { World } from "../billing/world.ts";
import { cardFields } from "./card-fields.ts";
import type { FieldErrors, FormFields } from "./card-form.ts";
import { type Page, TEST_MODE } from "./document.ts";
import { type Html, html } from "./html.ts";
import { day, localeOf, money } from "./money.ts";

export interface PayForm {
  fields: FormFields;
  errors: FieldErrors;
  problem: string | null;
}

/** An invoice that is still open: what it is for, and ways to pay it. */
export function invoicePage(
  world: World,
  invoice: Stripe.Invoice,
  { fields, errors, problem }: PayForm,
): Page {
  const locale = localeOf(null, invoice.currency);
  const amount = money(invoice.amount_remaining, invoice.currency, locale);
  const saved = storedCard(world, invoice);
  return {
    title: `Pay invoice ${invoice.number} (test mode)`,
    script: "checkout",
    body: html`<main class="sheet" id="hosted-invoice">${TEST_MODE}<h1>Pay ${amount}</h1>
      <p class="quiet">Invoice ${invoice.number}, ${invoice.customer_email ?? ""}</p>
      ${problem === null ? null : html`<p class="alert" role="alert" id="page-alert">${problem}</p>`}
      <section class="card"><dl>${invoice.lines.data.map(
        (line) =>
          html`<div class="row"><dt>${line.description}<br><span class="quiet">${day(line.period.start, locale)} – ${day(line.period.end, locale)}</span></dt><dd>${money(line.amount, line.currency, locale)}</dd></div>`,
      )}<div class="row total"><dt>Due</dt><dd>${amount}</dd></div></dl></section>
      ${saved === null ? null : savedForm(invoice, saved, amount)}
      <section class="card"><h2>${saved === null ? "Pay with a card" : "Or pay with another card"}</h2>
        <form id="payment-form" method="post" action="/invoices/${invoice.id}/pay" novalidate data-now="${world.now()}">
          <div id="form-alert" class="alert" role="alert" tabindex="-1" hidden></div>
          ${cardFields(fields, errors)}
          <button type="submit" id="submit" class="button"><span class="label">Pay ${amount}</span><span class="busy" aria-hidden="true"><span class="spinner"></span>Paying…</span></button>
          <p id="form-status" class="visually-hidden" role="status" aria-live="polite"></p>
        </form></section></main>`,
  };
}

function savedForm(invoice: Stripe.Invoice, saved: Stripe.PaymentMethod, amount: string): Html {
  return html`<section class="card"><h2>Card on file</h2><form method="post" action="/invoices/${invoice.id}/pay-saved">
    <button class="button" id="pay-saved">Pay ${amount} with the card ending in ${saved.card?.last4}</button></form></section>`;
}
