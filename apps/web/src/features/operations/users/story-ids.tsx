import type { ReactNode } from "react";
import { storyTexts } from "../../../texts/operations-users.ts";
import { Copyable } from "../parts/copyable.tsx";
import { SectionLink } from "../parts/section-link.tsx";

/** To the millisecond: what the gaps between steps are made of. */
const exactly = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

interface StoryIdsProps {
  what: string;
  at: string;
  ids: Readonly<Record<string, string>>;
}

/** The machine's word for a step, its exact time and its ids; what the console can show is a link. */
export function StoryIds({ what, at, ids }: StoryIdsProps) {
  return (
    <dl className="grid gap-1.5 text-small">
      <Row name={storyTexts.word}>
        <code className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{what}</code>
      </Row>
      <Row name={storyTexts.at}>{exactly.format(new Date(at))}</Row>
      {Object.entries(ids).map(([name, id]) => (
        <Row key={name} name={name.replaceAll("_", " ")}>
          <span className="flex flex-wrap items-center gap-x-3">
            <Copyable id={id} label={name} />
            <IdLink id={id} />
          </span>
        </Row>
      ))}
    </dl>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-3 sm:grid-cols-[7rem_minmax(0,1fr)]">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 tabular-nums">{children}</dd>
    </div>
  );
}

function IdLink({ id }: { id: string }) {
  if (id.startsWith("evt_"))
    return (
      <SectionLink section="events" item={id}>
        {storyTexts.openEvent}
      </SectionLink>
    );
  if (id.startsWith("cus_"))
    return (
      <SectionLink section="events" search={{ customer: id }}>
        {storyTexts.customerEvents}
      </SectionLink>
    );
  return null;
}
