import { ALERTS, type AlertName } from "@liveassist/shared/alerts";
import { INDICATORS } from "@liveassist/shared/indicators";
import { Link } from "@tanstack/react-router";
import { CircleAlert, CircleCheck } from "lucide-react";
import { Skeleton } from "../../../../components/skeleton.tsx";
import { overviewTexts } from "../../../../texts/operations-overview.ts";
import { Failed } from "../../parts/list-states.tsx";
import { Moment } from "../../parts/moment.tsx";
import { LINK } from "../../parts/section-link.tsx";
import { StatusPill } from "../../parts/status-pill.tsx";
import { inWords } from "../../parts/units.ts";
import type { ConsoleList } from "../../parts/use-console-list.ts";
import type { Incident } from "../hooks.ts";
import { MEND_PLACES } from "../mend-place.ts";

const texts = overviewTexts.incidents;
const URGENCY: Record<Incident["severity"], number> = { page: 0, ticket: 1 };

interface OpenIncidentsProps {
  incidents: ConsoleList<Incident>;
  /** Alerts go out to somewhere. */
  tells: boolean;
}

/** What is wrong now, before everything else; or that nothing is. */
export function OpenIncidents({ incidents, tells }: OpenIncidentsProps) {
  const { rows, error, retry } = incidents;
  if (!rows) {
    if (error) return <Failed error={error} retry={retry} title={texts.failed} />;
    return (
      <div role="status" className="rounded-md bg-sunken p-4">
        <span className="sr-only">{texts.loading}</span>
        <Skeleton className="h-5 w-48" />
        <Skeleton className="mt-2.5 h-4 w-72 max-w-full" />
      </div>
    );
  }
  const open = rows
    .filter(({ closed_at }) => closed_at === null)
    .toSorted((a, b) => URGENCY[a.severity] - URGENCY[b.severity]);
  return (
    <section aria-label={texts.open}>
      <p role="status" className="sr-only">
        {open.length === 0 ? texts.none : `${texts.open}: ${open.length}`}
      </p>
      {open.length === 0 ? (
        <div className="flex gap-3 rounded-md bg-accent-soft p-4">
          <CircleCheck aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" />
          <div>
            <p className="font-medium">{texts.none}</p>
            <p className="text-small text-muted">{texts.noneText}</p>
          </div>
        </div>
      ) : (
        <ul className="grid gap-3">
          {open.map((incident) => (
            <li key={incident.id}>
              <OpenIncident incident={incident} tells={tells} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const isAlert = (name: string): name is AlertName => Object.hasOwn(ALERTS, name);

function OpenIncident({ incident, tells }: { incident: Incident; tells: boolean }) {
  const { alert, severity, value, threshold, opened_at } = incident;
  const known = isAlert(alert) ? alert : null;
  const unit = known ? INDICATORS[ALERTS[known].indicator] : "count";
  return (
    <article
      data-testid="open-incident"
      className="flex gap-3 rounded-md border border-danger bg-danger-soft p-4 sm:p-5"
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <h2 className="text-base font-medium">
            {known ? ALERTS[known].summary : texts.summaryUnknown(alert)}
          </h2>
          <StatusPill tone={severity === "page" ? "problem" : "attention"}>
            {severity === "page" ? texts.page : texts.ticket}
          </StatusPill>
        </div>
        <p className="mt-1 tabular-nums">{texts.value(inWords(value, unit), inWords(threshold, unit))}</p>
        <p className="mt-1 text-small text-text/80">
          <code className="font-mono">{alert}</code> · {texts.since} <Moment at={opened_at} /> ·{" "}
          <Told incident={incident} tells={tells} />
        </p>
        {known ? <MendLink alert={known} /> : null}
      </div>
    </article>
  );
}

function MendLink({ alert }: { alert: AlertName }) {
  const { section, search, hash } = MEND_PLACES[alert];
  return (
    <Link
      to="/operations/{-$section}/{-$item}"
      params={{ section: section === "" ? undefined : section, item: undefined }}
      search={search ?? {}}
      {...(hash ? { hash } : {})}
      preload={false}
      className={`-mb-2.5 inline-flex min-h-11 items-center ${LINK}`}
    >
      {texts.mend[alert]}
    </Link>
  );
}

/** Whether anybody outside has heard of it. */
function Told({ incident, tells }: { incident: Incident; tells: boolean }) {
  const { told_open_at, last_tell_error } = incident;
  if (told_open_at)
    return (
      <>
        {texts.told} <Moment at={told_open_at} />
      </>
    );
  if (!tells) return texts.tellsNobody;
  return last_tell_error ? texts.tellFailed(last_tell_error) : texts.notTold;
}
