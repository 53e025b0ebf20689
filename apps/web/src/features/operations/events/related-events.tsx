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
        <SectionLink section="events" search={{ customer: customerId }}>
          {texts.relatedAll}
        </SectionLink>
      }
    >
      {others?.length === 0 ? <p className="text-muted">{texts.relatedNone}</p> : null}
      <ul className="grid gap-1">
        {others?.map(({ event_id, type, outcome, received_at }) => (
          <li key={event_id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1">
            <SectionLink section="events" item={event_id}>
              {type}
            </SectionLink>
            <EventState outcome={outcome} />
            <span className="ml-auto text-small text-muted">
              <Moment at={received_at} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
