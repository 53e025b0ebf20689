import type { TimelineEntry } from "@liveassist/shared/inputs/operations";
import { timelineSentence } from "@liveassist/shared/timeline-words";
import { ChevronRight } from "lucide-react";
import { storyTexts } from "../../../texts/operations-users.ts";
import { JsonView } from "../parts/json-view.tsx";
import { exactTime } from "../parts/time-words.ts";
import { durationWords, gapOf } from "./gap-words.ts";
import { KIND_ICONS } from "./kind-look.ts";
import { StoryIds } from "./story-ids.tsx";

const time = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

interface StoryEntryProps {
  entry: TimelineEntry;
  /** When the step before was, ISO. */
  before: string | undefined;
}

/** One step in a sentence; what the machine knows of it lies behind. */
export function StoryEntry({ entry, before }: StoryEntryProps) {
  const { at, kind, ids, detail } = entry;
  const Icon = KIND_ICONS[kind];
  const gap = gapOf(at, before);
  return (
    <li className="border-b border-line last:border-0">
      <details className="group/entry" data-testid={`story-${kind}`}>
        <summary className="grid min-h-11 cursor-pointer grid-cols-[auto_minmax(0,1fr)] items-start gap-x-3 gap-y-0.5 rounded-sm py-2.5 text-small hover:bg-sunken sm:grid-cols-[auto_minmax(0,1fr)_auto]">
          <span className="flex items-center gap-2">
            <ChevronRight
              aria-hidden="true"
              className="size-3.5 text-muted transition-transform duration-150 group-open/entry:rotate-90"
            />
            <Icon aria-hidden="true" className="size-4 text-accent" />
          </span>
          <span className="min-w-0 [overflow-wrap:anywhere]">{timelineSentence(entry)}</span>
          <span className="col-start-2 flex gap-2 text-muted tabular-nums sm:col-start-3 sm:block sm:text-right">
            <time dateTime={at} title={exactTime(at)}>
              {time.format(new Date(at))}
            </time>
            {gap === null ? null : (
              <span className="block">
                <span aria-hidden="true">+{durationWords(gap)}</span>
                <span className="sr-only">, {storyTexts.after(durationWords(gap))}</span>
              </span>
            )}
          </span>
        </summary>
        <div className="grid gap-3 pt-1 pb-4 pl-5 sm:pl-10">
          <StoryIds what={entry.what} ids={ids} at={at} />
          {Object.keys(detail).length === 0 ? null : (
            <JsonView value={detail} label={storyTexts.details(timelineSentence(entry))} />
          )}
        </div>
      </details>
    </li>
  );
}
