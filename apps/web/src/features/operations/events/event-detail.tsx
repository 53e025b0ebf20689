import { useState } from "react";
import { Card } from "../../../components/card.tsx";
import { PageHeading } from "../../../components/page-heading.tsx";
import { formats } from "../../../lib/format.ts";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { deadTexts, eventTexts } from "../../../texts/operations-events.ts";
import { BackLink } from "../back-link.tsx";
import { AssignButton, type OnAssigned } from "../dead/assign-button.tsx";
import { causeTexts } from "../dead/cause-words.ts";
import { mayAssign } from "../dead/may-assign.ts";
import { Copyable } from "../parts/copyable.tsx";
import { JsonView } from "../parts/json-view.tsx";
import { Empty, Failed, Loading } from "../parts/list-states.tsx";
import { EventAttempts } from "./event-attempts.tsx";
import { EventFacts } from "./event-facts.tsx";
import { EventState } from "./event-state.tsx";
import { useEvent, type WholeEvent } from "./hooks.ts";
import { RelatedEvents } from "./related-events.tsx";
import { ReplayRow } from "./replay-row.tsx";

const texts = eventTexts.detail;

/** One event: what it is, what came of it, and working on it again. */
export function EventDetail({ eventId }: { eventId: string }) {
  const event = useEvent(eventId);
  const { data } = event;
  return (
    <>
      <BackLink section="events">{eventTexts.back}</BackLink>
      <PageHeading tab={consoleTexts.tab(eventTexts.tab)} title={data?.type ?? eventTexts.one}>
        <Copyable id={eventId} label={eventTexts.id} />
      </PageHeading>
      {data ? (
        <Whole event={data} />
      ) : data === null ? (
        <Empty title={eventTexts.missing} text={eventTexts.missingText} />
      ) : event.error ? (
        <Failed error={event.error} retry={() => void event.refetch()} title={eventTexts.failedOne} />
      ) : (
        <Loading label={eventTexts.one} />
      )}
    </>
  );
}

function Whole({ event }: { event: WholeEvent }) {
  const [said, setSaid] = useState<string | null>(null);
  const onAssigned: OnAssigned = ({ queued }, { name }) =>
    setSaid(deadTexts.assign.done(name, queued, formats.number(queued)));
  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_26rem]">
      <div className="grid grid-cols-1 gap-5">
        <Card title={texts.outcome} aside={<EventState outcome={event.outcome} />}>
          <div className="grid grid-cols-1 gap-5">
            {event.cause ? <Cause event={event} cause={event.cause} onAssigned={onAssigned} /> : null}
            <ReplayRow
              eventId={event.event_id}
              // What mends it comes first.
              look={mayAssign(event) ? "secondary" : "primary"}
              said={said}
              onSaid={setSaid}
            />
          </div>
        </Card>
        <EventAttempts event={event} />
        <Card title={texts.payload} description={event.payload === null ? null : texts.payloadAbout}>
          {event.payload === null ? (
            <p className="text-muted">{texts.payloadGone}</p>
          ) : (
            <JsonView value={event.payload} label={texts.payloadLabel} openDepth={3} />
          )}
        </Card>
      </div>
      <div className="grid grid-cols-1 gap-5">
        <EventFacts event={event} />
        {event.customer_id ? <RelatedEvents eventId={event.event_id} customerId={event.customer_id} /> : null}
      </div>
    </div>
  );
}

/** Why it was given up on, and what to do. */
function Cause({ event, cause, onAssigned }: { event: WholeEvent; cause: string; onAssigned: OnAssigned }) {
  const { title, means, todo } = causeTexts(cause);
  return (
    <div className="grid gap-3">
      <p>
        <span className="font-medium">{title}.</span> {means}
      </p>
      <p>
        <span className="font-medium">{deadTexts.todo}:</span> {todo}
      </p>
      {mayAssign(event) ? <AssignButton event={event} look="primary" onAssigned={onAssigned} /> : null}
    </div>
  );
}
