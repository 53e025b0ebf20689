const PARTS = { year: "numeric", month: "2-digit", day: "2-digit" } as const;

/** Making a formatter costs a hundred times what using one does. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const made = formatters.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", { ...PARTS, timeZone });
  formatters.set(timeZone, made);
  return made;
}

/** The calendar day of a moment in a time zone, as `YYYY-MM-DD` (requirements R5). `at` in epoch milliseconds. */
export function dayIn(timeZone: string, at: number): string {
  return formatterOf(timeZone).format(at);
}

/**
 * The first moment of the next calendar day in a time zone, in epoch milliseconds.
 * Found by search, because a day has 23 or 25 hours when the clocks change, and some zones skip midnight.
 */
export function nextDayStart(timeZone: string, at: number): number {
  const today = dayIn(timeZone, at);
  let low = at;
  let high = at + 26 * 3_600_000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dayIn(timeZone, middle) === today) low = middle;
    else high = middle;
  }
  return high;
}

export interface QuotaView {
  readonly images_used: number;
  /** Null: unlimited. */
  readonly image_limit: number | null;
  /** ISO time of the next midnight in the quota's time zone. */
  readonly resets_at: string;
}

/** Whether images may begin, given how many of today's units live (requirements R5); all of `wanted`, or none. */
export function mayReserveImage(used: number, limit: number | null, wanted = 1): boolean {
  return limit === null || wanted === 0 || used + wanted <= limit;
}

/** How long an upload may wait to be sent before it is swept and its unit given back, ms (requirements R5). */
export const UNSENT_MS = 24 * 3_600_000;
