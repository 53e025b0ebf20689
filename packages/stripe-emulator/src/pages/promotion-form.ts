import type { CheckoutView } from "./checkout-page.ts";
import { type Html, html } from "./html.ts";

/** The field for a promotion code; folded until it is wanted, gone while a code is applied. */
export function promotionForm({ session, terms, promotion, locale }: CheckoutView): Html | null {
  if (session.allow_promotion_codes !== true) return null;
  const words = locale.words.promotion;
  const said = html`<p class="visually-hidden" role="status" id="promotion-status">${promotion?.said}</p>`;
  if (terms.discount !== null) return said;
  const problem = promotion?.problem ?? null;
  return html`${said}<details class="promotion" id="promotion" ${problem === null ? null : html`open`}><summary id="addPromotionCode">${words.add}</summary>
    <form method="post" action="/c/pay/${session.id}/promotion-code" novalidate>
      <label class="visually-hidden" for="promotionCode">${words.label}</label>
      <input id="promotionCode" name="promotionCode" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="100" placeholder="${words.label}" value="${promotion?.typed}" aria-describedby="promotionCode-error" ${problem === null ? null : html`aria-invalid="true" autofocus`}>
      <button class="button plain" id="applyPromotionCode">${words.apply}</button>
      <p class="error" id="promotionCode-error" ${problem === null ? null : html`role="alert"`}>${problem}</p>
    </form></details>`;
}
