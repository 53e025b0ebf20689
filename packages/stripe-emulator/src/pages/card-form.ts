import { passesLuhn } from "../billing/luhn.ts";
import type { CardInput } from "../store/tables.ts";

/** The fields of a card form, named by their element ids. */
export type CardField =
  | "email"
  | "cardNumber"
  | "cardExpiry"
  | "cardCvc"
  | "billingName"
  | "billingCountry"
  | "termsOfServiceConsentCheckbox";
export type FieldErrors = Partial<Record<CardField, string>>;
export type FormFields = Partial<Record<string, string>>;

/** Countries offered on the form, the likely ones first. */
export const COUNTRIES: readonly (readonly [code: string, name: string])[] = [
  ["SE", "Sweden"],
  ["AT", "Austria"],
  ["BE", "Belgium"],
  ["CA", "Canada"],
  ["DK", "Denmark"],
  ["EE", "Estonia"],
  ["FI", "Finland"],
  ["FR", "France"],
  ["DE", "Germany"],
  ["IS", "Iceland"],
  ["IE", "Ireland"],
  ["IT", "Italy"],
  ["LV", "Latvia"],
  ["LT", "Lithuania"],
  ["NL", "Netherlands"],
  ["NO", "Norway"],
  ["PL", "Poland"],
  ["PT", "Portugal"],
  ["ES", "Spain"],
  ["CH", "Switzerland"],
  ["GB", "United Kingdom"],
  ["US", "United States"],
];

/** Reads a card as it was typed. Errors are what the page says beside each field. */
export function readCard(
  fields: FormFields,
  nowSeconds: number,
): { card: CardInput | null; errors: FieldErrors } {
  const number = (fields["cardNumber"] ?? "").replaceAll(/\D/g, "");
  const cvc = (fields["cardCvc"] ?? "").trim();
  const name = (fields["billingName"] ?? "").trim();
  const country = fields["billingCountry"] ?? "SE";
  const expiry = readExpiry(fields["cardExpiry"] ?? "", nowSeconds);
  const errors: FieldErrors = {};
  if (number === "") errors.cardNumber = "Enter your card number.";
  else if (number.length < 12) errors.cardNumber = "Your card number is incomplete.";
  else if (!passesLuhn(number)) errors.cardNumber = "Your card number is invalid.";
  if (typeof expiry === "string") errors.cardExpiry = expiry;
  if (!/^\d{3,4}$/.test(cvc))
    errors.cardCvc = cvc === "" ? "Enter the security code." : "Your card's security code is incomplete.";
  if (name === "") errors.billingName = "Enter the name on the card.";
  if (!COUNTRIES.some(([code]) => code === country)) errors.billingCountry = "Choose a country.";
  if (Object.keys(errors).length > 0 || typeof expiry === "string") return { card: null, errors };
  return { card: { number, cvc, name, country, postalCode: null, ...expiry }, errors };
}

function readExpiry(typed: string, nowSeconds: number): { expMonth: number; expYear: number } | string {
  if (typed.trim() === "") return "Enter the expiry date.";
  const match = /^\s*(\d{1,2})\s*\/?\s*(\d{2}|\d{4})\s*$/.exec(typed);
  const month = Number(match?.[1]);
  if (match === null || month < 1 || month > 12) return "Your card's expiration date is incomplete.";
  const year = Number(match[2]) < 100 ? 2000 + Number(match[2]) : Number(match[2]);
  const end = Date.UTC(year, month, 1) / 1000;
  if (end <= nowSeconds) return "Your card's expiration date is in the past.";
  if (end > nowSeconds + 50 * 366 * 24 * 3600) return "Your card's expiration year is invalid.";
  return { expMonth: month, expYear: year };
}
