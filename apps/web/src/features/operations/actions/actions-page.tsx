import { PageHeading } from "../../../components/page-heading.tsx";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { actionTexts as texts } from "../../../texts/operations-work.ts";
import { DataList } from "../parts/data-list.tsx";
import type { Column } from "../parts/data-table.tsx";
import { FilterBar, TextFilter } from "../parts/filter-bar.tsx";
import { Moment } from "../parts/moment.tsx";
import { SectionLink } from "../parts/section-link.tsx";
import { ShortId } from "../parts/short-id.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { useFilters } from "../parts/use-filters.ts";
import { type Action, useActions } from "./hooks.ts";

const COLUMNS: Column<Action>[] = [
  {
    name: texts.columns.action,
    cell: ({ action }) => <code className="font-mono text-[0.8125rem] font-medium">{action}</code>,
  },
  {
    name: texts.columns.actor,
    cell: ({ actor_id, actor_name }) =>
      actor_id === null ? texts.command : (actor_name ?? texts.unknownActor),
  },
  {
    name: texts.columns.user,
    cell: ({ user_id }) =>
      user_id ? (
        <SectionLink section="users" item={user_id}>
          <ShortId id={user_id} />
        </SectionLink>
      ) : null,
  },
  { name: texts.columns.input, cell: ({ input }) => <Input input={input} /> },
  { name: texts.columns.outcome, cell: ({ outcome }) => <Outcome outcome={outcome} /> },
  { name: texts.columns.at, cell: ({ at }) => <Moment at={at} /> },
];

/** What administrators and commands did. */
export default function ActionsPage(_props: { item: string | null }) {
  const filters = useFilters("user", "by");
  const list = useActions({ userId: filters.values.user, actorId: filters.values.by });
  return (
    <>
      <PageHeading tab={consoleTexts.tab(texts.title)} title={texts.title}>
        {texts.about}
      </PageHeading>
      <FilterBar filters={filters}>
        <TextFilter filters={filters} name="user" label={texts.user} placeholder={texts.idHint} />
        <TextFilter filters={filters} name="by" label={texts.actor} placeholder={texts.idHint} />
      </FilterBar>
      <DataList
        label={texts.title}
        list={list}
        columns={COLUMNS}
        idOf={({ id }) => id}
        empty={{ title: filters.isFiltered ? texts.emptyFiltered : texts.empty, text: texts.emptyText }}
      />
    </>
  );
}

function Input({ input }: { input: Action["input"] }) {
  const entries = Object.entries(input);
  if (entries.length === 0) return <span className="text-muted">{texts.nothing}</span>;
  return (
    <ul className="font-mono text-[0.8125rem]">
      {entries.map(([name, value]) => (
        <li key={name}>
          <span className="text-muted">{name}:</span>{" "}
          {typeof value === "string" ? value : JSON.stringify(value)}
        </li>
      ))}
    </ul>
  );
}

function Outcome({ outcome }: { outcome: string | null }) {
  if (outcome === null) return <StatusPill tone="attention">{texts.unfinished}</StatusPill>;
  return outcome === "done" ? (
    <StatusPill tone="good">{texts.done}</StatusPill>
  ) : (
    <StatusPill tone="problem">{outcome}</StatusPill>
  );
}
