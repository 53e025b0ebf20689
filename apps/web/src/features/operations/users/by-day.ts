interface Moment {
  at: string;
}

export interface Day<Entry> {
  /** `2026-11-21`, in the reader's zone. */
  key: string;
  entries: Entry[];
}

/** Groups what comes newest first by the day it was for the reader. */
export function byDay<Entry extends Moment>(entries: readonly Entry[], timeZone?: string): Day<Entry>[] {
  const dayOf = dayKeys(timeZone);
  const days: Day<Entry>[] = [];
  for (const entry of entries) {
    const key = dayOf(entry.at);
    const last = days.at(-1);
    if (last?.key === key) last.entries.push(entry);
    else days.push({ key, entries: [entry] });
  }
  return days;
}

/** Says which day a moment is for the reader, as `2026-11-21`. */
export function dayKeys(timeZone?: string): (iso: string) => string {
  // Swedish dates are written year first.
  const day = new Intl.DateTimeFormat("sv-SE", { ...(timeZone ? { timeZone } : {}), dateStyle: "short" });
  return (iso) => day.format(new Date(iso));
}
