const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** What shares a moment has no time between it. */
const LEAST = 5;

/** How long something took, as short as it can be read: "0.4 s", "12 s", "3 min", "2 h". */
export function durationWords(ms: number, locale?: string): string {
  const write = (value: number, digits: number) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
      value,
    );
  if (ms < 10 * SECOND) return `${write(ms / SECOND, ms < 95 ? 2 : 1)} s`;
  if (ms < MINUTE) return `${write(Math.floor(ms / SECOND), 0)} s`;
  if (ms < HOUR) return `${write(Math.floor(ms / MINUTE), 0)} min`;
  return `${write(Math.floor(ms / HOUR), 0)} h`;
}

/** The time since the step before in ms; null when it is nothing, or too long to belong to it. */
export function gapOf(at: string, before: string | undefined): number | null {
  if (before === undefined) return null;
  const gap = Date.parse(at) - Date.parse(before);
  return gap >= LEAST && gap < HOUR ? gap : null;
}
