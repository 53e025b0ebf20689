import type Stripe from "stripe";
import { leastCharge } from "../billing/least-charge.ts";
import { badParam } from "../http/errors.ts";

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
  const least = leastCharge(currency);
  if (amount < least)
    throw badParam("amount_too_small", `Amount must be at least ${written(least, currency)}`, "amount");
  const most = LONGER[currency] ?? MOST;
  if (amount > most)
    throw badParam("amount_too_large", `Amount must be no more than ${written(most, currency)}`, "amount");
}

/** Twelve digits: every sum of lines stays a number that is exact. */
const MOST_OF_A_LINE = 999_999_999_999;

/**
 * Refuses fewer than `least` of a price, and a line that is over more than an invoice could add up (400). `param` is
 * named in errors.
 */
export function checkQuantity(
  price: Pick<Stripe.Price, "unit_amount" | "currency">,
  quantity: number,
  { param, least = 0 }: { param: string; least?: 0 | 1 },
): void {
  if (quantity < least) {
    const message = least === 0 ? "Invalid non-negative integer" : "Invalid positive integer";
    throw badParam("parameter_invalid_integer", message, param);
  }
  const { unit_amount, currency } = price;
  if (Math.abs((unit_amount ?? 0) * quantity) <= MOST_OF_A_LINE) return;
  throw badParam(
    "amount_too_large",
    `Amount must be no more than ${written(MOST_OF_A_LINE, currency)}`,
    param,
  );
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
