import type { CheckoutLine } from "../billing/checkout-terms.ts";
import type { CheckoutView } from "./checkout-page.ts";
import { discountText, recurringText } from "./checkout-text.ts";
import { testMode } from "./document.ts";
import { type Html, html } from "./html.ts";
import { icon } from "./icons.ts";
import { everyText, money, shortDay } from "./money.ts";
import { merchantOf, orderName } from "./order-name.ts";
import { promotionForm } from "./promotion-form.ts";

/** The order: what, how much, what is due today. On phones all but the headline is folded. */
export function checkoutSummary(view: CheckoutView): Html {
  const { terms, locale, promotion, session } = view;
  const words = locale.words.checkout;
  const isOpen = promotion !== null || terms.discount !== null;
  const details =
    session.mode === "setup"
      ? null
      : html`<details class="order" ${isOpen ? html`open` : null}><summary><span>${words.details}</span></summary>
      <dl class="lines">${terms.lines.map((line) => lineRow(view, line))}</dl>${sums(view)}</details>`;
  return html`<header class="top">${back(view)}${testMode(locale)}</header>${headline(view)}${details}`;
}

function back({ session, locale }: CheckoutView): Html {
  const shop = merchantOf(session.cancel_url ?? session.success_url) ?? locale.words.emulator;
  const mark = html`<span class="shop">${icon("shop")}</span><span class="shop-name">${shop}</span>`;
  return session.cancel_url === null
    ? html`<p class="back">${mark}</p>`
    : html`<a class="back" id="backLink" href="${session.cancel_url}" aria-label="${locale.words.backTo(shop)}">${icon("back")}${mark}</a>`;
}

function headline(view: CheckoutView): Html {
  const { terms, locale, session } = view;
  const { checkout: words } = locale.words;
  const name = orderName(terms, session);
  const today = money(terms.dueToday, terms.currency, locale);
  if (session.mode === "setup")
    return html`<h1 class="offer">${words.saveFor(name)}</h1><p class="then">${words.saveText}</p>`;
  if (session.mode === "payment")
    return html`<h1 class="offer">${words.payFor(name)}</h1><p class="amount">${today}</p>`;
  const later = recurringText(terms, locale).map((text) => html`<p class="then">${text}</p>`);
  if (terms.trialEnd !== null && terms.trialDays !== null)
    return html`<h1 class="offer">${words.tryIt(name)}</h1><p class="amount">${words.daysFree(terms.trialDays)}</p>${later}`;
  const same = terms.dueToday === terms.fullPrice;
  const every = terms.lines.find(({ recurring }) => recurring !== null)?.recurring;
  const unit = same && every ? everyText(every, locale) : words.today;
  return html`<h1 class="offer">${words.subscribeTo(name)}</h1><p class="amount">${today} <span class="every">${unit}</span></p>${later}`;
}

function lineRow({ terms, locale }: CheckoutView, line: CheckoutLine): Html {
  const words = locale.words.checkout;
  const each = money(line.price.unit_amount ?? 0, terms.currency, locale);
  const notes = [
    line.description,
    line.quantity === 1 ? null : `${words.quantity(line.quantity)}, ${words.each(each)}`,
    line.recurring === null ? null : words.billed(everyText(line.recurring, locale)),
  ].filter((note) => note !== null && note !== "");
  return html`<div class="row product"><dt><strong>${line.name}</strong>${notes.map((note) => html`<span class="quiet">${note}</span>`)}</dt><dd>${money(line.amount, terms.currency, locale)}</dd></div>`;
}

function sums(view: CheckoutView): Html {
  const { terms, locale, session } = view;
  const { checkout: words } = locale.words;
  const amount = (value: number) => money(value, terms.currency, locale);
  const shown = terms.lines.reduce((sum, line) => sum + line.amount, 0);
  const first =
    terms.trialEnd === null
      ? null
      : html`<div class="row quiet"><dt>${words.firstCharge(shortDay(terms.trialEnd, locale))}</dt><dd>${amount(terms.recurring)}</dd></div>`;
  const label = session.mode === "subscription" ? words.due : words.total;
  return html`<dl class="lines sums">
      <div class="row"><dt>${words.subtotal}</dt><dd>${amount(shown)}</dd></div>
      ${terms.discount === null ? null : discountRow(view, terms.discount)}</dl>
      ${promotionForm(view)}
    <dl class="lines sums">${first}<div class="row total"><dt>${label}</dt><dd id="totalDueToday">${amount(terms.dueToday)}</dd></div></dl>`;
}

type Discount = NonNullable<CheckoutView["terms"]["discount"]>;

function discountRow(
  { terms, locale, session }: CheckoutView,
  { name, code, amount, coupon }: Discount,
): Html {
  const minus = money(-(amount || terms.fullPrice - terms.recurring), terms.currency, locale);
  const remove =
    code === null
      ? null
      : html`<form class="untag" method="post" action="/c/pay/${session.id}/promotion-code/remove"><button class="icon-button" id="removePromotionCode" aria-label="${locale.words.promotion.remove(code)}">${icon("close")}</button></form>`;
  return html`<div class="row discount"><dt><span class="promotion-tag" id="promotionCodeTag">${icon("tag")}<span>${code ?? name}</span>${remove}</span><span class="quiet">${discountText(coupon, locale)}</span></dt><dd>${minus}</dd></div>`;
}
