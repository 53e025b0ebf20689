import { Card } from "../../../components/card.tsx";
import { eventTexts } from "../../../texts/operations-events.ts";
import { Moment } from "../parts/moment.tsx";
import { SectionLink } from "../parts/section-link.tsx";
import { EventState } from "./event-state.tsx";
import { useEvents } from "./hooks.ts";

const texts = eventTexts.detail;
const FEW = 10;

/** What else came about the same customer. */
export function RelatedEvents({ eventId, customerId }: { eventId: string; customerId: string }) {
  const { rows } = useEvents({ customerId }, FEW + 1);
  const others = rows?.filter(({ event_id }) => event_id !== eventId).slice(0, FEW);
  return (
    <Card
      title={texts.related}
      aside={
        <span className="whitespace-nowrap">
          <SectionLink section="events" search={{ customer: customerId }}>
            {texts.relatedAll}
          </SectionLink>
        </span>
      }
    >
      {others?.length === 0 ? <p className="text-muted">{texts.relatedNone}</p> : null}
      <ul className="grid grid-cols-1 gap-2">
        {others?.map(({ event_id, type, outcome, received_at }) => (
          <li key={event_id} className="border-b border-line pb-2 last:border-0 last:pb-0">
            <SectionLink section="events" item={event_id}>
              {type}
            </SectionLink>
            <div className="mt-1 flex flex-wrap items-center justify-between gap-x-3 text-small text-muted">
              <EventState outcome={outcome} />
              <Moment at={received_at} />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
