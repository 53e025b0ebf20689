/** How dates, times and money are written: the user's own locale and zone, always through Intl. */
export interface Formats {
  money: (ore: number, currency: string) => string;
  date: (iso: string) => string;
  day: (iso: string) => string;
  time: (iso: string) => string;
  dateTime: (iso: string) => string;
  number: (value: number) => string;
  ago: (ms: number) => string;
}

/** Whole days from `now` (epoch ms) until an ISO time, rounded up, never negative. */
export const daysUntil = (iso: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(iso) - now) / 86_400_000));

/** Formats for one locale and zone; undefined means the user's own. */
export function formatsFor(locale?: string, timeZone?: string): Formats {
  const zone = timeZone ? { timeZone } : {};
  const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", ...zone });
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", ...zone });
  const time = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...zone,
  });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", ...zone });
  const number = new Intl.NumberFormat(locale);
  return {
    money: (ore, currency) => money(locale, ore, currency),
    date: (iso) => date.format(new Date(iso)),
    day: (iso) => day.format(new Date(iso)),
    time: (iso) => time.format(new Date(iso)),
    dateTime: (iso) => dateTime.format(new Date(iso)),
    number: (value) => number.format(value),
    ago: (ms) => ago(locale, ms),
  };
}

/** Öre to "39 SEK" or "39.50 SEK": the number as the locale writes it, the currency as the price list does. */
function money(locale: string | undefined, ore: number, currency: string): string {
  const digits = ore % 100 === 0 ? 0 : 2;
  const amount = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${amount.format(ore / 100)} ${currency.toUpperCase()}`;
}

const STEPS = [
  { unit: "day", ms: 86_400_000 },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
  { unit: "second", ms: 1000 },
] as const;

function ago(locale: string | undefined, ms: number): string {
  const { unit, ms: length } = STEPS.find((step) => ms >= step.ms) ?? STEPS[3];
  // A few seconds are "now": a number that jumps from none tells nobody anything.
  if (ms < 5000) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(0, "second");
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "always", style: "narrow" });
  return relative.format(-Math.floor(ms / length), unit);
}

/** The user's own formats, made once. */
export const formats = formatsFor();
