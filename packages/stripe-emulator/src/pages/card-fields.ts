import { type CardField, COUNTRIES, type FieldErrors, type FormFields } from "./card-form.ts";
import { type Html, html } from "./html.ts";
import { brandIcon, CVC_ICON } from "./icons.ts";
import type { Locale } from "./language.ts";

interface Field {
  id: string;
  label: string;
  type?: string;
  autocomplete?: string;
  placeholder?: string;
  inputmode?: string;
  maxlength?: number;
  value?: string | undefined;
  error?: string | undefined;
  optional?: boolean;
}

/** A labelled input with its error beneath, both connected for screen readers. */
export function field(options: Field): Html {
  const { id, label, error } = options;
  return html`<div class="field"><label for="${id}">${label}</label>${input(options)}<p class="error" id="${id}-error">${error}</p></div>`;
}

function input({ id, error, ...given }: Omit<Field, "label">): Html {
  return html`<input id="${id}" name="${id}" type="${given.type ?? "text"}" autocomplete="${given.autocomplete ?? "off"}" placeholder="${given.placeholder}" value="${given.value}" ${given.inputmode ? html`inputmode="${given.inputmode}"` : null} ${given.maxlength ? html`maxlength="${given.maxlength}"` : null} aria-describedby="${id}-error" ${given.optional ? null : html`aria-required="true"`} ${error ? html`aria-invalid="true"` : null}>`;
}

const BRANDS = ["visa", "mastercard", "amex", "discover"];

/**
 * Number, expiry and security code in one box, then name and country, as on every card form. What was typed of a card
 * is not given back.
 */
export function cardFields(fields: FormFields, errors: FieldErrors, locale: Locale): Html {
  const words = locale.words.card;
  const cell = ({ id, label, ...rest }: Field & { id: CardField }, picture: Html) =>
    html`<div class="cell" data-cell="${id}"><label class="visually-hidden" for="${id}">${label}</label>${input({ id, error: errors[id], ...rest })}<span class="picture">${picture}</span></div>`;
  const brands = html`${BRANDS.map(brandIcon)}`;
  return html`<fieldset class="card-box"><legend>${words.information}</legend>
    <div class="cells">
      ${cell({ id: "cardNumber", label: words.number, autocomplete: "cc-number", inputmode: "numeric", placeholder: "1234 1234 1234 1234", maxlength: 23 }, brands)}
      ${cell({ id: "cardExpiry", label: words.expiry, autocomplete: "cc-exp", inputmode: "numeric", placeholder: words.expiryHint, maxlength: 9 }, html``)}
      ${cell({ id: "cardCvc", label: words.cvc, autocomplete: "cc-csc", inputmode: "numeric", placeholder: words.cvcHint, maxlength: 4 }, CVC_ICON)}
    </div>
    ${(["cardNumber", "cardExpiry", "cardCvc"] as const).map((id) => html`<p class="error" id="${id}-error">${errors[id]}</p>`)}
    </fieldset>
    ${field({ id: "billingName", label: words.name, placeholder: words.nameHint, autocomplete: "cc-name", value: fields["billingName"], error: errors.billingName })}
    ${countryField(fields, errors, locale)}`;
}

function countryField(fields: FormFields, errors: FieldErrors, { tag, words }: Locale): Html {
  const chosen = fields["billingCountry"] ?? "SE";
  const names = new Intl.DisplayNames(tag, { type: "region" });
  const rows = COUNTRIES.map((code) => [code, names.of(code) ?? code] as const).toSorted(([, a], [, b]) =>
    a.localeCompare(b, tag),
  );
  return html`<div class="field"><label for="billingCountry">${words.card.country}</label>
      <select id="billingCountry" name="billingCountry" autocomplete="billing country" aria-describedby="billingCountry-error">${rows.map(
        ([code, name]) =>
          html`<option value="${code}" ${code === chosen ? html`selected` : null}>${name}</option>`,
      )}</select>
      <p class="error" id="billingCountry-error">${errors.billingCountry}</p></div>`;
}

/** The button that sends a form, with what it shows while it works and when it is done. */
export function submitButton(said: { label: string; busy: string; done: string }): Html {
  return html`<button type="submit" id="submit" class="button" data-testid="hosted-payment-submit-button"><span class="label">${said.label}</span><span class="busy" aria-hidden="true"><span class="spinner"></span>${said.busy}</span><span class="done" aria-hidden="true"><svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"><path d="M5 12.5l4.5 4.5L19 7.5"/></svg>${said.done}</span></button>
    <p id="form-status" class="visually-hidden" role="status" aria-live="polite"></p>`;
}

/** What the page's script says by itself, in the language of the page. */
export function scriptWords({ words }: Locale, said: { busy: string; done: string }): string {
  const { numberShort, numberInvalid, expiryShort, expiryPast, expiryYear, cvcShort, unreachable } =
    words.wrong;
  return JSON.stringify({
    ...{ numberShort, numberInvalid, expiryShort, expiryPast, expiryYear, cvcShort, unreachable },
    ...said,
  });
}
