import type Stripe from "stripe";
import type { CheckoutTerms } from "../billing/checkout-terms.ts";
import { TEST_CARDS } from "../billing/test-cards.ts";
import type { World } from "../billing/world.ts";
import { intervalOf } from "../objects/subscription.ts";
import { cardFields, field } from "./card-fields.ts";
import type { FieldErrors, FormFields } from "./card-form.ts";
import { type Page, TEST_MODE } from "./document.ts";
import { type Html, html } from "./html.ts";
import { day, everyText, type Locale, localeOf, money, shortDay } from "./money.ts";

export interface CheckoutView {
  world: World;
  session: Stripe.Checkout.Session;
  terms: CheckoutTerms;
  fields: FormFields;
  errors: FieldErrors;
  /** What went wrong as a whole: a refused card, a failed challenge. */
  problem: string | null;
}

/** The cards offered as chips, in the order a tester wants them. */
const CHIPS: readonly (readonly [number: string, label: string])[] = [
  ["4242424242424242", "Success"],
  ["4000000000000002", "Declined"],
  ["4000000000009995", "No funds"],
  ["4000002500003155", "3-D Secure once"],
  ["4000002760003184", "3-D Secure always"],
  ["4000000000000341", "Charges fail"],
];

/** The hosted payment page of an open session. */
export function checkoutPage(view: CheckoutView): Page {
  const { session, terms } = view;
  const locale = localeOf(session.locale, terms.currency);
  const name = productName(view);
  return {
    title: `${name} · Checkout (test mode)`,
    script: "checkout",
    leadsTo: [session.success_url, session.cancel_url],
    body: html`<div class="checkout">
      <aside class="summary" aria-label="Order summary">${summary(view, name, locale)}</aside>
      <main class="payment">${form(view, locale)}</main>
    </div>`,
  };
}

function productName({ world, terms }: CheckoutView): string {
  const product = terms.items[0]?.price.product;
  return world.store.get("products", String(product))?.name ?? "Subscription";
}

function summary(view: CheckoutView, name: string, locale: Locale): Html {
  const { session, terms } = view;
  const back =
    session.cancel_url === null
      ? null
      : html`<a class="back" id="backLink" href="${session.cancel_url}"><span aria-hidden="true">←</span> Back</a>`;
  const price = money(terms.recurring, terms.currency, locale);
  const every = everyText(intervalOf(terms.items[0]?.price ?? ({} as Stripe.Price)));
  const trial = terms.trialEnd !== null && terms.trialDays !== null;
  const headline = trial
    ? html`<h1 class="offer">Try ${name}</h1><p class="amount">${terms.trialDays} ${terms.trialDays === 1 ? "day" : "days"} free</p><p class="then">Then ${price} ${every}</p>`
    : html`<h1 class="offer">Subscribe to ${name}</h1><p class="amount">${price} <span class="every">${every}</span></p>`;
  const first =
    terms.trialEnd === null
      ? null
      : html`<div class="row quiet"><dt>First charge ${shortDay(terms.trialEnd, locale)}</dt><dd>${price}</dd></div>`;
  return html`<header class="top">${back}${TEST_MODE}</header>
    ${headline}
    <dl class="lines">
      ${terms.items.map((item) => line(view, item, locale))}
      <div class="row"><dt>Subtotal</dt><dd>${price}</dd></div>
      ${first}
      <div class="row total"><dt>Total due today</dt><dd id="totalDueToday">${money(terms.dueToday, terms.currency, locale)}</dd></div>
    </dl>`;
}

function line({ world, terms }: CheckoutView, item: CheckoutTerms["items"][number], locale: Locale): Html {
  const { price, quantity } = item;
  const product = world.store.get("products", String(price.product));
  const amount = money((price.unit_amount ?? 0) * quantity, terms.currency, locale);
  const many = quantity === 1 ? null : html`<span class="quiet">Qty ${quantity}</span>`;
  return html`<div class="row product"><dt><strong>${product?.name ?? String(price.product)}</strong>${product?.description && html`<span class="quiet">${product.description}</span>`}${many}<span class="quiet">Billed ${everyText(intervalOf(price)).replace("per ", "every ")}</span></dt><dd>${amount}</dd></div>`;
}

function form(view: CheckoutView, locale: Locale): Html {
  const { session, terms, errors, fields } = view;
  const email = session.customer_details?.email ?? session.customer_email;
  const button = terms.dueToday > 0 ? "Subscribe" : "Start trial";
  return html`<form id="payment-form" method="post" action="/c/pay/${session.id}" novalidate data-now="${view.world.now()}">
    <div id="form-alert" class="alert" role="alert" tabindex="-1" ${view.problem === null ? html`hidden` : null}>${view.problem}</div>
    <h2>Contact information</h2>
    ${
      email === null
        ? field({
            id: "email",
            label: "Email",
            type: "email",
            autocomplete: "email",
            value: fields["email"],
            error: errors.email,
          })
        : html`<dl class="locked"><dt>Email</dt><dd id="email">${email}</dd></dl>`
    }
    ${terms.needsCard ? html`<h2>Payment method</h2>${chips()}${cardFields(fields, errors)}` : html`<p class="no-card">No card is needed to start this trial.</p>`}
    ${session.consent === null ? null : consent(errors)}
    <button type="submit" id="submit" class="button" data-testid="hosted-payment-submit-button"><span class="label">${button}</span><span class="busy" aria-hidden="true"><span class="spinner"></span>Processing…</span></button>
    <p id="form-status" class="visually-hidden" role="status" aria-live="polite"></p>
    <p class="fine">${session.custom_text.submit?.message ?? obligation(terms, locale)}</p>
  </form>`;
}

function obligation(terms: CheckoutTerms, locale: Locale): string {
  const price = `${money(terms.recurring, terms.currency, locale)} ${everyText(intervalOf(terms.items[0]?.price ?? ({} as Stripe.Price)))}`;
  const when =
    terms.trialEnd === null
      ? `You pay ${price}, starting today,`
      : `After the trial you pay ${price}, starting on ${day(terms.trialEnd, locale)},`;
  return `${when} until you cancel.`;
}

function consent(errors: FieldErrors): Html {
  const id = "termsOfServiceConsentCheckbox";
  const error = errors[id];
  return html`<div class="check"><input type="checkbox" id="${id}" name="${id}" value="true" aria-describedby="${id}-error" ${error ? html`aria-invalid="true"` : null}><label for="${id}">I agree to the terms of service</label></div><p class="error" id="${id}-error">${error}</p>`;
}

function chips(): Html {
  const known = CHIPS.filter(([number]) => TEST_CARDS.some((card) => card.number === number));
  return html`<fieldset class="chips" id="test-cards"><legend>Fill in a test card</legend>${known.map(
    ([number, label]) =>
      html`<button type="button" class="chip" data-card="${number}">${label}<span class="digits">•• ${number.slice(-4)}</span></button>`,
  )}</fieldset>`;
}
