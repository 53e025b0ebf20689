import { TEST_CARDS } from "../billing/test-cards.ts";
import { bankFields, choosesBank, offersBank } from "./bank-account.ts";
import { cardFields, field, scriptWords, submitButton } from "./card-fields.ts";
import type { CheckoutView } from "./checkout-page.ts";
import { buttonText, customText, obligation } from "./checkout-text.ts";
import { type Html, html } from "./html.ts";
import { brandIcon } from "./icons.ts";
import type { Locale } from "./language.ts";

/** The cards offered as chips, in the order a tester wants them. */
const CHIPS = [
  ["4242424242424242", "success"],
  ["4000000000000002", "declined"],
  ["4000000000009995", "noFunds"],
  ["4000002500003155", "secureOnce"],
  ["4000002760003184", "secureAlways"],
  ["4000000000000341", "chargesFail"],
] as const;

/** Who pays and how: e-mail, card, consent, and the button that says what it does. */
export function checkoutForm(view: CheckoutView): Html {
  const { session, terms, locale } = view;
  const words = locale.words.checkout;
  const said = {
    busy: words.processingSaid,
    done: terms.mode === "setup" ? words.doneSaved : words.done,
  };
  const own = session.custom_text.submit?.message;
  const after = session.custom_text.after_submit?.message;
  return html`<form id="payment-form" method="post" action="/c/pay/${session.id}" novalidate data-now="${view.world.now()}" data-words="${scriptWords(locale, said)}">
    <div id="form-alert" class="alert" role="alert" tabindex="-1" ${view.problem === null ? html`hidden` : null}>${view.problem}</div>
    <h2>${words.contact}</h2>${email(view)}
    ${terms.needsCard ? method(view) : html`<p class="no-card">${terms.trialEnd === null ? words.noCost : words.noCard}</p>`}
    ${session.consent === null ? null : consent(view)}
    ${submitButton({ label: buttonText(terms, locale, session.submit_type), busy: words.processing, done: said.done })}
    <p class="fine" id="obligation">${own ? customText(own) : obligation(terms, locale)}</p>
    ${after ? html`<p class="fine">${customText(after)}</p>` : null}
  </form>`;
}

function email({ session, fields, errors, locale }: CheckoutView): Html {
  const label = locale.words.checkout.email;
  const known = session.customer_details?.email ?? session.customer_email;
  if (known !== null) return html`<dl class="locked"><dt>${label}</dt><dd id="email">${known}</dd></dl>`;
  return field({
    id: "email",
    label,
    type: "email",
    autocomplete: "email",
    placeholder: "email@example.com",
    value: fields["email"],
    error: errors.email,
  });
}

/** The card alone, or the card and a bank account to choose between. */
function method(view: CheckoutView): Html {
  const { fields, errors, locale, session } = view;
  const { words } = locale;
  const card = html`${testCards(locale)}${cardFields(fields, errors, locale)}`;
  const heading = html`<h2>${words.checkout.method}</h2>`;
  if (!offersBank(session))
    return html`${heading}${testCards(locale)}<div class="method"><p class="method-name">${brandIcon("card")}${words.card.method}</p><div class="method-body">${cardFields(fields, errors, locale)}</div></div>`;
  const isBank = choosesBank(session, fields);
  const choice = (type: string, name: string, isChosen: boolean) =>
    html`<label class="method-name"><input type="radio" name="payment_method_type" id="method-${type}" value="${type}" ${isChosen ? html`checked` : null}>${brandIcon(type)}${name}</label>`;
  return html`${heading}<div class="methods" role="radiogroup" aria-label="${words.checkout.method}">
    <div class="method">${choice("card", words.card.method, !isBank)}<div class="method-body">${card}</div></div>
    <div class="method">${choice("sepa_debit", words.debit.method, isBank)}<div class="method-body">${bankFields(view)}</div></div></div>`;
}

function consent({ session, errors, locale }: CheckoutView): Html {
  const id = "termsOfServiceConsentCheckbox";
  const error = errors[id];
  const own = session.custom_text.terms_of_service_acceptance?.message;
  return html`<div class="check"><input type="checkbox" id="${id}" name="${id}" value="true" aria-describedby="${id}-error" ${error ? html`aria-invalid="true"` : null}><label for="${id}">${own ? customText(own) : locale.words.checkout.agree}</label></div><p class="error" id="${id}-error">${error}</p>`;
}

/** Cards to fill in with one press: the part of the page that no real one has. */
export function testCards({ words }: Locale): Html {
  const known = CHIPS.filter(([number]) => TEST_CARDS.some((card) => card.number === number));
  return html`<fieldset class="chips" id="test-cards"><legend>${words.card.testCards}</legend>${known.map(
    ([number, key]) =>
      html`<button type="button" class="chip" data-card="${number}">${words.card.chips[key]}<span class="digits">•• ${number.slice(-4)}</span></button>`,
  )}</fieldset>`;
}
