import type { Locale } from "./language.ts";

const ZERO_DECIMAL = new Set(["jpy", "krw", "vnd", "clp", "isk", "ugx"]);

/** Periods run in UTC, so days are named in it, wherever this runs. */
const DAY = { day: "numeric", year: "numeric", timeZone: "UTC" } as const;

/** "39,00 kr" for 3900 öre. */
export function money(amount: number, currency: string, { tag }: Locale): string {
  const style = {
    style: "currency",
    currency: currency.toUpperCase(),
    currencyDisplay: "narrowSymbol",
  } as const;
  return new Intl.NumberFormat(tag, style).format(ZERO_DECIMAL.has(currency) ? amount : amount / 100);
}

/** "26 November 2026" for unix seconds. */
export function day(seconds: number, { tag }: Locale): string {
  return new Intl.DateTimeFormat(tag, { ...DAY, month: "long" }).format(momentOf(seconds));
}

/** "26 Nov 2026" for unix seconds, where room is short. */
export function shortDay(seconds: number, { tag }: Locale): string {
  return new Intl.DateTimeFormat(tag, { ...DAY, month: "short" }).format(momentOf(seconds));
}

/** The last day that dates can name stands for all after it: milliseconds given for seconds still show a page. */
function momentOf(seconds: number): number {
  return Math.min(seconds * 1000, 8_640_000_000_000_000);
}

/** "per month", "every 3 months". */
export function everyText(
  { interval, interval_count }: { interval: string; interval_count: number },
  { words }: Locale,
): string {
  const unit = interval as keyof typeof words.every;
  return interval_count === 1 ? words.every[unit] : words.everySome[unit](interval_count);
}
