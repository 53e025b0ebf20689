import type Stripe from "stripe";
import type { CheckoutTerms } from "../billing/checkout-terms.ts";
import type { World } from "../billing/world.ts";
import type { FieldErrors, FormFields } from "./card-form.ts";
import { checkoutForm } from "./checkout-form.ts";
import { checkoutSummary } from "./checkout-summary.ts";
import { foot, type Page } from "./document.ts";
import { html } from "./html.ts";
import type { Locale } from "./language.ts";
import { orderName } from "./order-name.ts";

/** What came of a promotion code that was typed. */
export interface PromotionSaid {
  typed: string;
  /** Why it was refused; null: it was not. */
  problem: string | null;
  said: string | null;
}

export interface CheckoutView {
  world: World;
  session: Stripe.Checkout.Session;
  terms: CheckoutTerms;
  locale: Locale;
  fields: FormFields;
  errors: FieldErrors;
  /** What went wrong as a whole: a refused card, a failed challenge. */
  problem: string | null;
  promotion: PromotionSaid | null;
}

/** The hosted payment page of an open session: the order on one side, the form on the other. */
export function checkoutPage(view: CheckoutView): Page {
  const { session, locale } = view;
  const words = locale.words.checkout;
  return {
    title: words.title(orderName(view.terms, session)),
    lang: locale.lang,
    script: "checkout",
    leadsTo: [session.success_url, session.cancel_url],
    body: html`<div class="checkout">
      <aside class="summary" aria-label="${words.orderSummary}">${checkoutSummary(view)}</aside>
      <div class="payment"><main>${checkoutForm(view)}</main>${foot(locale)}</div>
    </div>`,
  };
}
