import type { ReactNode } from "react";
import { Card } from "../../../components/card.tsx";
import { DetailList } from "../../../components/detail-list.tsx";
import { formats } from "../../../lib/format.ts";
import { eventTexts } from "../../../texts/operations-events.ts";
import { Copyable } from "../parts/copyable.tsx";
import { Moment } from "../parts/moment.tsx";
import { SectionLink } from "../parts/section-link.tsx";
import type { WholeEvent } from "./hooks.ts";

const texts = eventTexts.detail;

const idOf = (label: string, id: string | null): ReactNode =>
  id === null ? <span className="text-muted">{texts.none}</span> : <Copyable id={id} label={label} />;
const timeOf = (at: string | null): ReactNode =>
  at === null ? <span className="text-muted">{texts.none}</span> : <Moment at={at} />;

/** When, how and about what. */
export function EventFacts({ event }: { event: WholeEvent }) {
  const { user_id, observed_seq } = event;
  return (
    <Card title={texts.facts}>
      <DetailList
        details={[
          { name: texts.received, value: timeOf(event.received_at) },
          { name: texts.created, value: timeOf(event.created_at) },
          { name: texts.processed, value: timeOf(event.processed_at) },
          ...(event.next_attempt_at ? [{ name: texts.next, value: timeOf(event.next_attempt_at) }] : []),
          { name: texts.source, value: texts.sources[event.source] },
          { name: texts.mode, value: event.livemode ? texts.live : texts.test },
          { name: texts.version, value: event.api_version ?? texts.none },
          {
            name: texts.user,
            value: user_id ? (
              <SectionLink section="users" item={user_id}>
                {user_id}
              </SectionLink>
            ) : (
              <span className="text-muted">{eventTexts.nobody}</span>
            ),
          },
          { name: texts.customer, value: idOf(texts.customer, event.customer_id) },
          { name: texts.subscription, value: idOf(texts.subscription, event.subscription_id) },
          { name: texts.session, value: idOf(texts.session, event.session_id) },
          { name: texts.object, value: idOf(texts.object, event.object_id) },
          {
            name: texts.observed,
            value: observed_seq === null ? texts.none : texts.observation(formats.number(observed_seq)),
          },
        ]}
      />
    </Card>
  );
}
