import type { TimelineEntry } from "@liveassist/shared/inputs/operations";
import { useNow } from "../../../lib/use-now.ts";
import { storyTexts } from "../../../texts/operations-users.ts";
import { byDay, dayKeys } from "./by-day.ts";
import { StoryEntry } from "./story-entry.tsx";

const DAY_MS = 86_400_000;
const written = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });
const keyOf = dayKeys();

/** What happened, under the days it happened on. */
export function StoryDays({ entries }: { entries: readonly TimelineEntry[] }) {
  const now = useNow(60_000);
  const before = new Map(entries.map(({ id }, at) => [id, entries[at + 1]?.at]));
  return (
    <div className="grid gap-6">
      {byDay(entries).map(({ key, entries: ofDay }) => (
        <section key={key} aria-label={nameOf(key, now)}>
          <h3 className="border-b border-line pb-2 text-small font-medium text-muted">{nameOf(key, now)}</h3>
          <ol>
            {ofDay.map((entry) => (
              <StoryEntry key={entry.id} entry={entry} before={before.get(entry.id)} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function nameOf(key: string, now: number): string {
  if (key === keyOf(new Date(now).toISOString())) return storyTexts.today;
  if (key === keyOf(new Date(now - DAY_MS).toISOString())) return storyTexts.yesterday;
  return written.format(new Date(`${key}T12:00:00`));
}
