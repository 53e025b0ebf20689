import type Stripe from "stripe";
import { isIban } from "../billing/bank-debits.ts";
import { saveBankDebit } from "../billing/payment-methods.ts";
import type { World } from "../billing/world.ts";
import { field } from "./card-fields.ts";
import type { FieldErrors, FormFields } from "./card-form.ts";
import type { CheckoutView } from "./checkout-page.ts";
import { type Html, html } from "./html.ts";
import { merchantOf } from "./order-name.ts";
import type { Words } from "./words/words.ts";

/** Whether a session offers to debit a bank account beside the card. */
export function offersBank(session: Stripe.Checkout.Session): boolean {
  return session.payment_method_types.includes("sepa_debit");
}

/** Whether a bank account was chosen on the form. */
export function choosesBank(session: Stripe.Checkout.Session, fields: FormFields): boolean {
  return offersBank(session) && fields["payment_method_type"] === "sepa_debit";
}

/** Account number and holder, and what they allow. */
export function bankFields({ fields, errors, locale, session }: CheckoutView): Html {
  const words = locale.words.debit;
  const shop = merchantOf(session.success_url) ?? locale.words.emulator;
  return html`${field({ id: "iban", label: words.iban, placeholder: "DE00 0000 0000 0000 0000 00", maxlength: 42, value: fields["iban"], error: errors.iban })}
    ${field({ id: "accountName", label: words.holder, autocomplete: "name", value: fields["accountName"], error: errors.accountName })}
    <p class="fine">${words.mandate(shop)}</p>`;
}

/** Reads a bank account as it was typed; errors are what the page says beside each field. */
export function readBank(
  fields: FormFields,
  { debit: words }: Words,
): { iban: string; name: string; errors: FieldErrors } {
  const iban = (fields["iban"] ?? "").replaceAll(/\s/g, "").toUpperCase();
  const name = (fields["accountName"] ?? "").trim();
  const errors: FieldErrors = {};
  if (iban === "") errors.iban = words.missing;
  else if (!isIban(iban)) errors.iban = words.invalid;
  if (name === "") errors.accountName = words.holderMissing;
  return { iban, name, errors };
}

/** The account as a payment method with who holds it. */
export function saveBank(
  world: World,
  { iban, name, email }: { iban: string; name: string; email: string | null },
): Stripe.PaymentMethod {
  const { id, billing_details } = saveBankDebit(world, iban);
  return world.change("paymentMethods", id, { billing_details: { ...billing_details, name, email } });
}
