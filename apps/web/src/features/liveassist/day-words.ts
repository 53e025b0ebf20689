import { formats } from "../../lib/format.ts";
import { liveassistTexts } from "../../texts/liveassist.ts";

const { today, yesterday } = liveassistTexts.sessions;

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** A day as one says it: today, yesterday, or its date, in the reader's own zone. `now` is epoch ms. */
export function dayWords(iso: string, now: number): string {
  const daysAgo = Math.round((startOfDay(new Date(now)) - startOfDay(new Date(iso))) / 86_400_000);
  if (daysAgo === 0) return today;
  return daysAgo === 1 ? yesterday : formats.date(iso);
}
