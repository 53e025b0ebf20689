import { deadTexts, eventTexts } from "../../../texts/operations-events.ts";
import { UserOf } from "../events/event-columns.tsx";
import type { LedgerEvent } from "../events/hooks.ts";
import type { Column } from "../parts/data-table.tsx";
import { Moment } from "../parts/moment.tsx";
import { RowLink } from "../parts/row-link.tsx";
import { AssignButton, type OnAssigned } from "./assign-button.tsx";
import { mayAssign } from "./may-assign.ts";

interface LetterDeeds {
  isPicked: (eventId: string) => boolean;
  pick: (eventId: string, isPicked: boolean) => void;
  /** Which are being replayed. */
  replaying: readonly string[];
  replay: (eventId: string) => void;
  onAssigned: OnAssigned;
}

/** What a list of dead letters says about each, and what can be done with it. */
export function letterColumns(deeds: LetterDeeds): Column<LedgerEvent>[] {
  return [
    {
      name: eventTexts.columns.type,
      cell: ({ event_id, type, last_error }) => (
        <div className="flex gap-3">
          <label className="relative z-[1] -my-2.5 -ml-2 grid size-11 shrink-0 place-items-center">
            <input
              type="checkbox"
              aria-label={deadTexts.pick(type, event_id)}
              checked={deeds.isPicked(event_id)}
              onChange={({ currentTarget }) => deeds.pick(event_id, currentTarget.checked)}
              className="size-4.5 accent-accent"
            />
          </label>
          <div className="min-w-0">
            <RowLink section="events" item={event_id}>
              {type}
            </RowLink>
            <p className="font-mono text-[0.8125rem] text-muted">{event_id}</p>
            <p className="mt-1 line-clamp-3">{last_error}</p>
          </div>
        </div>
      ),
      className: "@2xl/list:w-1/2",
    },
    {
      name: eventTexts.columns.customer,
      cell: ({ customer_id, user_id, outcome }) => (
        <>
          <code className="font-mono text-[0.8125rem]">{customer_id ?? eventTexts.detail.none}</code>
          <p className="relative z-[1] w-fit">
            <UserOf user_id={user_id} outcome={outcome} />
          </p>
        </>
      ),
    },
    {
      name: eventTexts.columns.received,
      cell: ({ received_at, attempts }) => (
        <>
          <Moment at={received_at} />
          <p className="text-muted">{eventTexts.attempts(attempts)}</p>
        </>
      ),
      isAction: true,
    },
    {
      name: null,
      isAction: true,
      cell: (event) => (
        <div className="flex flex-wrap gap-2 @2xl/list:justify-end">
          {mayAssign(event) ? <AssignButton event={event} onAssigned={deeds.onAssigned} /> : null}
          <ReplayOne event={event} deeds={deeds} />
        </div>
      ),
    },
  ];
}

function ReplayOne({ event: { event_id, type }, deeds }: { event: LedgerEvent; deeds: LetterDeeds }) {
  const isBusy = deeds.replaying.includes(event_id);
  return (
    <button
      type="button"
      aria-label={deadTexts.replayEachLabel(type, event_id)}
      aria-disabled={isBusy || undefined}
      onClick={() => deeds.replay(event_id)}
      className="min-h-11 rounded-md px-3 font-medium text-accent hover:bg-accent-soft"
    >
      {isBusy ? deadTexts.replaying : deadTexts.replayEach}
    </button>
  );
}
