import { ALERTS, type AlertName } from "@liveassist/shared/alerts";
import { INDICATORS } from "@liveassist/shared/indicators";
import { overviewTexts } from "../../../../texts/operations-overview.ts";
import { DataList } from "../../parts/data-list.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { Moment } from "../../parts/moment.tsx";
import { Part } from "../../parts/part.tsx";
import { StatusPill } from "../../parts/status-pill.tsx";
import { inWords } from "../../parts/units.ts";
import type { ConsoleList } from "../../parts/use-console-list.ts";
import type { Incident } from "../hooks.ts";

const texts = overviewTexts.incidents;

const alertOf = ({ alert }: Incident) => (Object.hasOwn(ALERTS, alert) ? ALERTS[alert as AlertName] : null);

const COLUMNS: Column<Incident>[] = [
  {
    name: texts.columns.alert,
    cell: (incident) => (
      <>
        <span className="font-medium">{alertOf(incident)?.summary ?? incident.alert}</span>
        <code className="block font-mono text-[0.8125rem] text-muted">{incident.alert}</code>
      </>
    ),
  },
  {
    name: texts.columns.severity,
    cell: ({ severity }) => (
      <StatusPill tone={severity === "page" ? "problem" : "attention"}>{texts[severity]}</StatusPill>
    ),
  },
  {
    name: texts.columns.value,
    isNumber: true,
    cell: (incident) => {
      const alert = alertOf(incident);
      return inWords(incident.value, alert ? INDICATORS[alert.indicator] : "count");
    },
  },
  { name: texts.columns.opened, cell: ({ opened_at }) => <Moment at={opened_at} /> },
  { name: texts.columns.closed, cell: ({ closed_at }) => (closed_at ? <Moment at={closed_at} /> : null) },
  {
    name: texts.columns.told,
    cell: ({ told_open_at: began, told_closed_at: ended }) =>
      began && ended ? texts.toldBoth : began ? texts.toldOpen : ended ? texts.toldClosed : texts.toldNone,
  },
];

/** Incidents that are over. */
export function RecentIncidents({ incidents }: { incidents: ConsoleList<Incident> }) {
  const rows = incidents.rows?.filter(({ closed_at }) => closed_at !== null);
  return (
    <Part title={texts.recent}>
      <DataList
        label={texts.recent}
        list={{ ...incidents, rows }}
        columns={COLUMNS}
        idOf={({ id }) => id}
        empty={{ title: texts.recentEmpty, text: texts.recentEmptyText }}
      />
    </Part>
  );
}
