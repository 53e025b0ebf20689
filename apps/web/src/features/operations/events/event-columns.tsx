import { eventTexts } from "../../../texts/operations-events.ts";
import type { Column } from "../parts/data-table.tsx";
import { Moment } from "../parts/moment.tsx";
import { RowLink } from "../parts/row-link.tsx";
import { SectionLink } from "../parts/section-link.tsx";
import { EventState } from "./event-state.tsx";
import type { LedgerEvent } from "./hooks.ts";

const texts = eventTexts.columns;
const SHORT = 8;

/** A user without a name at hand: the beginning of their id. */
export function UserOf({ user_id: userId, outcome }: Pick<LedgerEvent, "user_id" | "outcome">) {
  // What nothing depends on is nobody's for good.
  const nobody = outcome === "ignored" ? eventTexts.detail.none : eventTexts.nobody;
  if (userId === null) return <span className="text-muted">{nobody}</span>;
  return (
    <SectionLink section="users" item={userId}>
      <span className="sr-only">{eventTexts.detail.user} </span>
      <span title={userId}>{userId.length > SHORT ? `${userId.slice(0, SHORT)}…` : userId}</span>
    </SectionLink>
  );
}

/** What a list of events says about each of them. */
export const EVENT_COLUMNS: readonly Column<LedgerEvent>[] = [
  {
    name: texts.type,
    cell: ({ event_id, type, source }) => (
      <>
        <RowLink section="events" item={event_id}>
          {type}
        </RowLink>
        <p className="text-muted">
          <code className="font-mono text-[0.8125rem]">{event_id}</code>
          {source === "backfill" ? ` · ${eventTexts.backfill}` : null}
        </p>
      </>
    ),
    className: "@2xl/list:w-2/5",
  },
  { name: texts.state, cell: ({ outcome }) => <EventState outcome={outcome} /> },
  { name: texts.whose, cell: (event) => <UserOf {...event} />, isAction: true },
  {
    name: texts.customer,
    cell: ({ customer_id }) => (
      <code className="font-mono text-[0.8125rem] text-muted">{customer_id ?? eventTexts.detail.none}</code>
    ),
  },
  { name: texts.attempts, cell: ({ attempts }) => attempts, isNumber: true },
  { name: texts.received, cell: ({ received_at }) => <Moment at={received_at} />, isAction: true },
];
