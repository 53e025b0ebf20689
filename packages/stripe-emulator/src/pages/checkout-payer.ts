import type Stripe from "stripe";
import type { Payer } from "../billing/pay-checkout.ts";
import type { World } from "../billing/world.ts";
import { choosesBank, readBank, saveBank } from "./bank-account.ts";
import { type FieldErrors, type FormFields, readCard } from "./card-form.ts";
import type { Locale } from "./language.ts";

interface Typed {
  fields: FormFields;
  locale: Locale;
  needsCard: boolean;
}

/** What was typed, of a card, a bank account, e-mail and consent; the payer is made when all of it is right. */
export function readPayer(
  world: World,
  session: Stripe.Checkout.Session,
  typed: Typed,
): { errors: FieldErrors; payer: () => Payer } {
  const read = readMethod(world, session, typed);
  return { ...read, errors: { ...checkContact(session, typed), ...read.errors } };
}

function readMethod(
  world: World,
  session: Stripe.Checkout.Session,
  { fields, locale, needsCard }: Typed,
): { errors: FieldErrors; payer: () => Payer } {
  const email = fields["email"] ?? null;
  if (!needsCard) return { errors: {}, payer: () => ({ card: null, email }) };
  if (!choosesBank(session, fields)) {
    const { card, errors } = readCard(fields, world.now(), locale.words);
    return { errors, payer: () => ({ card, email }) };
  }
  const { iban, name, errors } = readBank(fields, locale.words);
  const known = session.customer_details?.email ?? session.customer_email ?? email;
  return {
    errors,
    payer: () => ({ card: null, email, method: saveBank(world, { iban, name, email: known }) }),
  };
}

/** E-mail where none is known yet, and consent where it is asked for. */
function checkContact(session: Stripe.Checkout.Session, { fields, locale }: Typed): FieldErrors {
  const known = session.customer_details?.email ?? session.customer_email;
  const errors: FieldErrors = {};
  if (known === null && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(fields["email"] ?? ""))
    errors.email = locale.words.wrong.email;
  if (session.consent !== null && fields["termsOfServiceConsentCheckbox"] !== "true")
    errors.termsOfServiceConsentCheckbox = locale.words.wrong.terms;
  return errors;
}
