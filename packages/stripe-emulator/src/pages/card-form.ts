import { passesLuhn } from "../billing/luhn.ts";
import type { CardInput } from "../store/tables.ts";
import type { Words } from "./words/words.ts";

/** The fields of a card form, named by their element ids. */
export type CardField =
  | "email"
  | "cardNumber"
  | "cardExpiry"
  | "cardCvc"
  | "billingName"
  | "billingCountry"
  | "iban"
  | "accountName"
  | "termsOfServiceConsentCheckbox";
export type FieldErrors = Partial<Record<CardField, string>>;
export type FormFields = Partial<Record<string, string>>;

/** Countries offered on the form. */
export const COUNTRIES =
  "AT AU BE BG BR CA CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IN IS IT JP LI LT LU LV MT MX NL NO NZ PL PT RO SE SG SI SK US".split(
    " ",
  );

type Wrong = Words["wrong"];

/** Reads a card as it was typed. Errors are what the page says beside each field. */
export function readCard(
  fields: FormFields,
  nowSeconds: number,
  { wrong }: Pick<Words, "wrong">,
): { card: CardInput | null; errors: FieldErrors } {
  const number = (fields["cardNumber"] ?? "").replaceAll(/\D/g, "");
  const cvc = (fields["cardCvc"] ?? "").trim();
  const name = (fields["billingName"] ?? "").trim();
  const country = fields["billingCountry"] ?? "SE";
  const expiry = readExpiry(fields["cardExpiry"] ?? "", nowSeconds, wrong);
  const errors: FieldErrors = {};
  if (number === "") errors.cardNumber = wrong.numberMissing;
  else if (number.length < 12) errors.cardNumber = wrong.numberShort;
  else if (!passesLuhn(number)) errors.cardNumber = wrong.numberInvalid;
  if (typeof expiry === "string") errors.cardExpiry = expiry;
  if (!/^\d{3,4}$/.test(cvc)) errors.cardCvc = cvc === "" ? wrong.cvcMissing : wrong.cvcShort;
  if (name === "") errors.billingName = wrong.nameMissing;
  if (!COUNTRIES.includes(country)) errors.billingCountry = wrong.country;
  if (Object.keys(errors).length > 0 || typeof expiry === "string") return { card: null, errors };
  return { card: { number, cvc, name, country, postalCode: null, ...expiry }, errors };
}

function readExpiry(
  typed: string,
  nowSeconds: number,
  wrong: Wrong,
): { expMonth: number; expYear: number } | string {
  if (typed.trim() === "") return wrong.expiryMissing;
  const match = /^\s*(\d{1,2})\s*\/?\s*(\d{2}|\d{4})\s*$/.exec(typed);
  const month = Number(match?.[1]);
  if (match === null || month < 1 || month > 12) return wrong.expiryShort;
  const year = Number(match[2]) < 100 ? 2000 + Number(match[2]) : Number(match[2]);
  const end = Date.UTC(year, month, 1) / 1000;
  if (end <= nowSeconds) return wrong.expiryPast;
  if (end > nowSeconds + 50 * 366 * 24 * 3600) return wrong.expiryYear;
  return { expMonth: month, expYear: year };
}
