import { COUNTRIES, type FieldErrors, type FormFields } from "./card-form.ts";
import { type Html, html } from "./html.ts";

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
export function field({ id, label, error, ...input }: Field): Html {
  return html`<div class="field"><label for="${id}">${label}</label>
    <input id="${id}" name="${id}" type="${input.type ?? "text"}" autocomplete="${input.autocomplete ?? "off"}" placeholder="${input.placeholder}" value="${input.value}" ${input.inputmode ? html`inputmode="${input.inputmode}"` : null} ${input.maxlength ? html`maxlength="${input.maxlength}"` : null} aria-describedby="${id}-error" ${input.optional ? null : html`aria-required="true"`} ${error ? html`aria-invalid="true"` : null}>
    <p class="error" id="${id}-error">${error}</p></div>`;
}

/** Number, expiry, security code, name and country, as on every card form. What was typed of a card is not given back. */
export function cardFields(fields: FormFields, errors: FieldErrors): Html {
  const country = fields["billingCountry"] ?? "SE";
  return html`
    ${field({ id: "cardNumber", label: "Card number", autocomplete: "cc-number", inputmode: "numeric", placeholder: "1234 1234 1234 1234", maxlength: 23, error: errors.cardNumber })}
    <div class="pair">
      ${field({ id: "cardExpiry", label: "Expiry date", autocomplete: "cc-exp", inputmode: "numeric", placeholder: "MM / YY", maxlength: 9, error: errors.cardExpiry })}
      ${field({ id: "cardCvc", label: "Security code", autocomplete: "cc-csc", inputmode: "numeric", placeholder: "CVC", maxlength: 4, error: errors.cardCvc })}
    </div>
    ${field({ id: "billingName", label: "Name on card", autocomplete: "cc-name", value: fields["billingName"], error: errors.billingName })}
    <div class="field"><label for="billingCountry">Country or region</label>
      <select id="billingCountry" name="billingCountry" autocomplete="billing country" aria-describedby="billingCountry-error">${COUNTRIES.map(
        ([code, name]) =>
          html`<option value="${code}" ${code === country ? html`selected` : null}>${name}</option>`,
      )}</select>
      <p class="error" id="billingCountry-error">${errors.billingCountry}</p></div>`;
}
