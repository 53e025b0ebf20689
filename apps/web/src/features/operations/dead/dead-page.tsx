import { useState } from "react";
import { PageHeading } from "../../../components/page-heading.tsx";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { deadTexts } from "../../../texts/operations-events.ts";
import { Empty, Failed, Loading } from "../parts/list-states.tsx";
import { SectionLink } from "../parts/section-link.tsx";
import { useFilters } from "../parts/use-filters.ts";
import { useAnswerFocus } from "../use-answer-focus.ts";
import { CauseCard } from "./cause-card.tsx";
import { type Said, useCauses } from "./hooks.ts";

const CLOSED = "none";

/** Events that were given up on, by what killed them. */
export default function DeadPage(_props: { item: string | null }) {
  const causes = useCauses();
  const filters = useFilters("cause");
  const [said, setSaid] = useState<Said | null>(null);
  const status = useAnswerFocus(said);
  const known = causes.data?.causes ?? [];
  const asked = filters.values.cause;
  const isNamed = asked === CLOSED || known.some(({ cause }) => cause === asked);
  const open = isNamed ? asked : known[0]?.cause;
  return (
    <>
      <PageHeading tab={consoleTexts.tab(deadTexts.tab)} title={deadTexts.title}>
        {deadTexts.about}
      </PageHeading>
      <p
        ref={status}
        tabIndex={-1}
        role="status"
        className="mb-5 rounded-md bg-accent-soft px-4 py-3 outline-none empty:hidden"
      >
        {said ? (
          <>
            {said.text}
            {said.userId ? (
              <>
                {" "}
                <SectionLink section="users" item={said.userId}>
                  {deadTexts.assign.story}
                </SectionLink>
              </>
            ) : null}
          </>
        ) : null}
      </p>
      {causes.data ? (
        known.length === 0 ? (
          <Empty title={deadTexts.empty} text={deadTexts.emptyText} />
        ) : (
          <div className="grid gap-5">
            {known.map((cause) => (
              <CauseCard
                key={cause.cause}
                cause={cause}
                isOpen={cause.cause === open}
                onToggle={() => filters.set("cause", cause.cause === open ? CLOSED : cause.cause)}
                onSaid={setSaid}
              />
            ))}
          </div>
        )
      ) : causes.error ? (
        <Failed error={causes.error} retry={() => void causes.refetch()} title={deadTexts.failed} />
      ) : (
        <Loading label={deadTexts.title} rows={4} />
      )}
    </>
  );
}
