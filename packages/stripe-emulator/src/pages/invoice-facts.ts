import type Stripe from "stripe";
import type { World } from "../billing/world.ts";
import { discountText } from "./checkout-text.ts";
import { type Html, html } from "./html.ts";
import type { Locale } from "./language.ts";
import { day, money, shortDay } from "./money.ts";

/** From whom, to whom, which number and when. */
export function invoiceParties(invoice: Stripe.Invoice, locale: Locale): Html {
  const words = locale.words.invoice;
  const [first = "–", ...more] = [invoice.customer_name, invoice.customer_email].filter((part) => part);
  const toWhom = html`${first}${more.map((part) => html`<br>${part}`)}`;
  const rows = [
    [words.numberLabel, invoice.number ?? "–"],
    [words.date, day(invoice.created, locale)],
    [words.from, invoice.account_name ?? locale.words.emulator],
    [words.to, toWhom],
  ];
  return html`<dl class="parties">${rows.map(([label, value]) => html`<div class="row"><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Every line and how the total comes about. */
export function invoiceLines(world: World, invoice: Stripe.Invoice, locale: Locale): Html {
  const words = locale.words.invoice;
  const amount = (value: number) => money(value, invoice.currency, locale);
  const row = (label: string, value: number) =>
    html`<div class="row"><dt>${label}</dt><dd>${amount(value)}</dd></div>`;
  const off = (invoice.total_discount_amounts ?? []).filter((entry) => entry.amount > 0);
  const applied = (invoice.ending_balance ?? 0) - invoice.starting_balance;
  const paid = invoice.amount_paid > 0 && invoice.status !== "paid";
  const left = leftOver(invoice, words);
  return html`<dl class="lines">${invoice.lines.data.map((line) => lineRow(line, locale))}
    ${off.length > 0 ? row(words.subtotal, invoice.subtotal) : null}
    ${off.map((entry) => row(discountName(world, String(entry.discount), locale), -entry.amount))}
    ${row(words.total, invoice.total)}
    ${applied === 0 ? null : row(words.balance, -applied)}
    ${paid ? row(words.amountPaid, -invoice.amount_paid) : null}
    ${left === null ? null : html`<div class="row total"><dt>${left[0]}</dt><dd>${amount(left[1])}</dd></div>`}</dl>`;
}

/** The last row: what was paid, or what is still to be paid; a void invoice asks for nothing. */
function leftOver(invoice: Stripe.Invoice, words: Locale["words"]["invoice"]): [string, number] | null {
  if (invoice.status === "void") return null;
  return invoice.status === "paid"
    ? [words.amountPaid, invoice.amount_paid]
    : [words.remaining, invoice.amount_remaining];
}

function lineRow(line: Stripe.InvoiceLineItem, locale: Locale): Html {
  const { start, end } = line.period;
  const period = start === end ? null : `${shortDay(start, locale)} – ${shortDay(end, locale)}`;
  const many = (line.quantity ?? 1) === 1 ? null : locale.words.invoice.quantity(line.quantity ?? 1);
  const notes = [period, many].filter((note) => note !== null).join(" · ");
  return html`<div class="row product"><dt><strong>${line.description}</strong><span class="quiet">${notes}</span></dt><dd>${money(line.amount, line.currency, locale)}</dd></div>`;
}

function discountName({ store }: World, id: string, locale: Locale): string {
  const coupon = store.get("coupons", String(store.get("discounts", id)?.source.coupon));
  return coupon === undefined ? locale.words.portal.discount : (coupon.name ?? discountText(coupon, locale));
}
