import { badParam } from "../http/errors.ts";

/** The least Stripe charges, in the smallest unit (https://docs.stripe.com/currencies); others: half a unit. */
const MINIMUMS: Record<string, number> = {
  usd: 50,
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
};
const MOST = 99_999_999;
/** Currencies whose amounts may be longer than eight digits. */
const LONGER: Record<string, number> = { idr: 999_999_999_999, huf: 9_999_999_999, jpy: 9_999_999_999 };

/** Refuses what Stripe would not charge in this currency (400). `amount` in the smallest unit. */
export function checkAmount(amount: number, currency: string): void {
  if (amount < 0 || amount === 0) {
    const message =
      amount < 0
        ? "Invalid positive integer"
        : "The amount must be greater than or equal to the minimum charge amount allowed for your account and the currency set (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).  If you want to save a Payment Method for future use without an immediate payment, use a Setup Intent instead: https://docs.stripe.com/payments/setup-intents";
    throw badParam("parameter_invalid_integer", message, "amount");
  }
  const least = MINIMUMS[currency] ?? 50;
  if (amount < least)
    throw badParam("amount_too_small", `Amount must be at least ${written(least, currency)}`, "amount");
  const most = LONGER[currency] ?? MOST;
  if (amount > most)
    throw badParam("amount_too_large", `Amount must be no more than ${written(most, currency)}`, "amount");
}

/** "$0.50 usd", "kr3.00 sek" */
function written(amount: number, currency: string): string {
  return `${asMoney(amount, currency)} ${currency}`;
}

/** An amount as Stripe's messages write it: "$40.00". */
export function asMoney(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits).replaceAll(/\s/g, "");
}

/** A currency's three letters, small. Refuses what is none (400). */
export function currencyOf(sent: string): string {
  const currency = sent.toLowerCase();
  if (/^[a-z]{3}$/.test(currency)) return currency;
  throw badParam("parameter_invalid", `Invalid currency: ${sent}.`, "currency");
}

/** At most 22 characters, or 400. */
export function descriptor(sent: string | null | undefined, param: string): string | null {
  if (!sent) return null;
  if (sent.length <= 22) return sent;
  throw badParam("parameter_invalid_string", `The ${param} must be at most 22 characters.`, param);
}
