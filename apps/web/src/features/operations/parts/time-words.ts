const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "always", style: "narrow" });
const now = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(0, "second");

const STEPS = [
  { unit: "day", ms: 86_400_000 },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
  { unit: "second", ms: 1000 },
] as const;

/** An ISO time to the second, in the reader's own locale and zone. */
export const exactTime = (iso: string): string => exact.format(new Date(iso));

/** "3 min ago", "in 2 h": how far from now; `ms` is negative for what was. */
export function relativeTime(ms: number): string {
  const step = STEPS.find(({ ms: length }) => Math.abs(ms) >= length);
  return step ? relative.format(Math.trunc(ms / step.ms), step.unit) : now;
}
