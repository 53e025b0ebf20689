import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { formats } from "../../../lib/format.ts";
import { deadTexts } from "../../../texts/operations-events.ts";
import { FailureNote } from "../../community/components/failure-note.tsx";
import { useEvents } from "../events/hooks.ts";
import { DataList } from "../parts/data-list.tsx";
import { type Said, useReplayDead } from "./hooks.ts";
import { letterColumns } from "./letter-columns.tsx";
import { replayedWords } from "./replayed-words.ts";
import { SetAsideButton } from "./set-aside-button.tsx";

const PAGE_LENGTH = 20;
/** The most that can be named at once. */
const MOST_PICKED = 200;

type DeadCause = NonNullable<Parameters<typeof useEvents>[0]["cause"]>;

interface DeadLettersProps {
  cause: DeadCause;
  title: string;
  onSaid: (said: Said) => void;
}

/** The letters of one cause; one, some or all that are shown can be chosen and replayed. */
export function DeadLetters({ cause, title, onSaid }: DeadLettersProps) {
  const list = useEvents({ outcome: "dead", cause }, PAGE_LENGTH);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const replay = useReplayDead((replayed) => {
    setChosen(new Set());
    onSaid({ text: replayedWords(replayed.queued) });
  });
  const shown = list.rows ?? [];
  // Who leaves the list is no longer chosen.
  const picked = shown.filter(({ event_id }) => chosen.has(event_id)).slice(0, MOST_PICKED);
  const isAll = shown.length > 0 && picked.length === Math.min(shown.length, MOST_PICKED);
  const count = formats.number(picked.length);
  const pick = (eventId: string, isPicked: boolean) => {
    const next = new Set(chosen);
    if (isPicked) next.add(eventId);
    else next.delete(eventId);
    setChosen(next);
  };
  const columns = letterColumns({
    isPicked: (eventId) => chosen.has(eventId),
    pick,
    replaying: replay.doing?.eventIds ?? [],
    replay: (eventId) => replay.run({ eventIds: [eventId], limit: MOST_PICKED }),
    onAssigned: ({ queued, user_id }, { name }) =>
      onSaid({ text: deadTexts.assign.done(name, queued, formats.number(queued)), userId: user_id }),
  });
  return (
    <div className="mt-4 border-t border-line pt-2">
      <div className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2">
        <label className="inline-flex min-h-11 items-center gap-2.5 text-small">
          <input
            type="checkbox"
            checked={isAll}
            ref={(box) => {
              if (box) box.indeterminate = picked.length > 0 && !isAll;
            }}
            onChange={() => setChosen(new Set(isAll ? [] : shown.map(({ event_id }) => event_id)))}
            className="size-4.5 accent-accent"
          />
          {deadTexts.pickAll}
        </label>
        {picked.length === 0 ? null : (
          <>
            <Button
              busy={replay.busy}
              onClick={() =>
                replay.run({ eventIds: picked.map(({ event_id }) => event_id), limit: MOST_PICKED })
              }
            >
              {replay.busy ? deadTexts.replaying : deadTexts.replayPicked(count)}
            </Button>
            <SetAsideButton
              eventIds={picked.map(({ event_id }) => event_id)}
              onDone={(text) => {
                setChosen(new Set());
                onSaid({ text });
              }}
            />
          </>
        )}
      </div>
      <div className="my-3 empty:hidden">
        <FailureNote failure={replay.failure} />
      </div>
      <DataList
        label={deadTexts.letters(title)}
        list={list}
        columns={columns}
        idOf={({ event_id }) => event_id}
        empty={{ title: deadTexts.empty, text: deadTexts.emptyCause }}
        isLinked
      />
    </div>
  );
}
