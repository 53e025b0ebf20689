import type Stripe from "stripe";
import type { CheckoutTerms } from "../billing/checkout-terms.ts";
import { type Html, html } from "./html.ts";
import type { Locale } from "./language.ts";
import { day, everyText, money } from "./money.ts";

/** What a coupon gives: "20% off for 3 months". */
export function discountText(coupon: Stripe.Coupon, locale: Locale): string {
  const { words, tag } = locale;
  const much =
    coupon.percent_off === null
      ? money(coupon.amount_off ?? 0, coupon.currency ?? "usd", locale)
      : words.percent(new Intl.NumberFormat(tag).format(coupon.percent_off));
  const off = words.off(much);
  if (coupon.duration === "once") return words.offOnce(off);
  return coupon.duration === "repeating" ? words.offMonths(off, coupon.duration_in_months ?? 1) : off;
}

/** "39,00 kr per month": what each period costs, with the discount while it lasts. */
export function pricePer(terms: CheckoutTerms, locale: Locale, amount = terms.recurring): string {
  const every = terms.lines.find(({ recurring }) => recurring !== null)?.recurring;
  const price = money(amount, terms.currency, locale);
  return every ? `${price} ${everyText(every, locale)}` : price;
}

/** What comes after today, a sentence for each change of the price. */
export function recurringText(terms: CheckoutTerms, locale: Locale): string[] {
  const { checkout: words } = locale.words;
  const price = pricePer(terms, locale);
  const end = afterDiscount(terms, locale);
  const after = end === null ? [] : [end];
  if (terms.trialEnd !== null) return [words.afterwardsFrom(price, day(terms.trialEnd, locale)), ...after];
  if (terms.dueToday === terms.fullPrice && terms.recurring === terms.fullPrice) return [];
  return [words.afterwards(price), ...after];
}

/** What is paid once the discount of the next period is over; null: it stays. */
function afterDiscount(terms: CheckoutTerms, locale: Locale): string | null {
  if (terms.recurring === terms.fullPrice || terms.discount?.coupon.duration === "forever") return null;
  return locale.words.checkout.afterDiscount(pricePer(terms, locale, terms.fullPrice));
}

/** What the button says: the obligation it brings. */
export function buttonText(
  terms: CheckoutTerms,
  locale: Locale,
  kind: Stripe.Checkout.Session["submit_type"],
): string {
  const { checkout: words } = locale.words;
  const amount = money(terms.dueToday, terms.currency, locale);
  if (terms.mode === "setup") return words.saveCard;
  if (terms.mode === "subscription") return terms.trialEnd === null ? words.subscribe : words.startTrial;
  if (terms.dueToday === 0) return words.order;
  if (kind === "donate") return words.donate(amount);
  if (kind === "book") return words.book;
  return kind === "subscribe" ? words.subscribe : words.pay(amount);
}

/** The sentence beneath the button. */
export function obligation(terms: CheckoutTerms, locale: Locale): string {
  const { checkout: words } = locale.words;
  if (terms.mode === "setup") return words.saved;
  if (terms.mode === "payment") return words.payOnce(money(terms.dueToday, terms.currency, locale));
  const price = pricePer(terms, locale);
  const end = afterDiscount(terms, locale);
  const later = end === null ? "" : words.andLater(end);
  if (terms.trialEnd !== null) return words.afterTrial(price, day(terms.trialEnd, locale), later);
  if (terms.dueToday === terms.recurring) return words.fromToday(price, later);
  return words.todayThen(money(terms.dueToday, terms.currency, locale), price, later);
}

/** A shop's own text: plain, but for links as `[text](https://…)` (docs.stripe.com/payments/checkout/customization/policies). */
export function customText(message: string): Html {
  const parts = message.split(/(\[[^\]]+\]\(https?:\/\/[^)\s]+\))/);
  return html`${parts.map((part) => {
    const link = /^\[([^\]]+)\]\((https?:\/\/[^)\s]+)\)$/.exec(part);
    return link === null ? part : html`<a href="${link[2]}" rel="noreferrer">${link[1]}</a>`;
  })}`;
}
