/** Amounts and dates as the pages show them: in the session's language, Swedish customs for SEK. */
export interface Locale {
  tag: string;
}

const ZERO_DECIMAL = new Set(["jpy", "krw", "vnd", "clp", "isk", "ugx"]);

/** The locale of a page; `auto` and nothing fall back to English as it is written where the currency is used. */
export function localeOf(asked: string | null, currency: string): Locale {
  if (asked !== null && asked !== "auto" && Intl.NumberFormat.supportedLocalesOf([asked]).length > 0)
    return { tag: asked };
  return { tag: currency === "sek" ? "en-SE" : "en" };
}

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
  return new Intl.DateTimeFormat(tag, { day: "numeric", month: "long", year: "numeric" }).format(
    seconds * 1000,
  );
}

/** "26 Nov 2026" for unix seconds, where room is short. */
export function shortDay(seconds: number, { tag }: Locale): string {
  return new Intl.DateTimeFormat(tag, { day: "numeric", month: "short", year: "numeric" }).format(
    seconds * 1000,
  );
}

/** "per month", "every 3 months". */
export function everyText({
  interval,
  interval_count,
}: {
  interval: string;
  interval_count: number;
}): string {
  return interval_count === 1 ? `per ${interval}` : `every ${interval_count} ${interval}s`;
}
