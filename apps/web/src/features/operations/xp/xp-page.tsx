import { PageHeading } from "../../../components/page-heading.tsx";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { xpTexts } from "../../../texts/operations-users.ts";
import { DataList } from "../parts/data-list.tsx";
import type { Column } from "../parts/data-table.tsx";
import { FilterBar } from "../parts/filter-bar.tsx";
import { Moment } from "../parts/moment.tsx";
import { SectionLink } from "../parts/section-link.tsx";
import { useFilters } from "../parts/use-filters.ts";
import { UserFilter } from "../users/user-filter.tsx";
import { type Grant, useXpLedger } from "./hooks.ts";

const texts = xpTexts.columns;
const signed = new Intl.NumberFormat(undefined, { signDisplay: "exceptZero" });

const COLUMNS: readonly Column<Grant>[] = [
  {
    name: texts.reason,
    cell: ({ reason }) => <span className="font-medium">{xpTexts.reasons[reason] ?? reason}</span>,
  },
  { name: texts.amount, cell: ({ amount }) => signed.format(amount), isNumber: true },
  {
    name: texts.user,
    cell: ({ user_id, user_name }) => (
      <SectionLink section="users" item={user_id}>
        {user_name}
      </SectionLink>
    ),
  },
  {
    name: texts.key,
    cell: ({ idempotency_key }) => (
      <code className="font-mono text-[0.8125rem] text-muted">{idempotency_key}</code>
    ),
  },
  { name: texts.at, cell: ({ at }) => <Moment at={at} /> },
];

/** The XP ledger, of everybody or of one user. */
export default function XpPage(_props: { item: string | null }) {
  const filters = useFilters("user");
  const list = useXpLedger(filters.values.user);
  return (
    <>
      <PageHeading tab={consoleTexts.tab(xpTexts.tab)} title={xpTexts.title}>
        {xpTexts.about}
      </PageHeading>
      <FilterBar filters={filters}>
        <UserFilter filters={filters} name="user" label={xpTexts.user} />
      </FilterBar>
      <DataList
        label={xpTexts.list}
        list={list}
        columns={COLUMNS}
        idOf={({ id }) => id}
        empty={{
          title: filters.isFiltered ? xpTexts.nothingFits : xpTexts.empty,
          text: filters.isFiltered ? xpTexts.nothingFitsText : xpTexts.emptyText,
        }}
      />
    </>
  );
}
