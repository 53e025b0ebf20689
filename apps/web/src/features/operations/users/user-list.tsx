import { PageHeading } from "../../../components/page-heading.tsx";
import { formats } from "../../../lib/format.ts";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { peopleTexts } from "../../../texts/operations-users.ts";
import { DataList } from "../parts/data-list.tsx";
import type { Column } from "../parts/data-table.tsx";
import { FilterBar, SelectFilter } from "../parts/filter-bar.tsx";
import { Moment } from "../parts/moment.tsx";
import { RowLink } from "../parts/row-link.tsx";
import { useFilters } from "../parts/use-filters.ts";
import { type ListedUser, useUsers } from "./hooks.ts";
import { PlanPill } from "./plan-pill.tsx";
import { SearchField } from "./search-field.tsx";
import { Tag } from "./tag.tsx";

const texts = peopleTexts.columns;
const PLANS = Object.keys(peopleTexts.plans) as ListedUser["subscription_status"][];

const COLUMNS: readonly Column<ListedUser>[] = [
  {
    name: texts.who,
    cell: ({ id, name, email, role, deleted_at }) => (
      <>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <RowLink section="users" item={id}>
            {name}
          </RowLink>
          {role === "admin" ? <Tag>{peopleTexts.admin}</Tag> : null}
          {deleted_at ? <Tag>{peopleTexts.deleted}</Tag> : null}
        </span>
        <p className="text-muted">{email}</p>
      </>
    ),
    className: "@2xl/list:w-2/5",
  },
  { name: texts.plan, cell: ({ subscription_status }) => <PlanPill plan={subscription_status} /> },
  {
    name: texts.stripe,
    cell: ({ stripe_status }) => (
      <span className="text-muted">{stripe_status === "none" ? peopleTexts.noStatus : stripe_status}</span>
    ),
  },
  { name: texts.xp, cell: ({ xp }) => formats.number(xp), isNumber: true },
  { name: texts.since, cell: ({ created_at }) => <Moment at={created_at} />, isAction: true },
];

export function UserList() {
  const filters = useFilters("q", "plan");
  const plan = PLANS.find((known) => known === filters.values.plan);
  const q = filters.values.q?.trim();
  const list = useUsers({ ...(q ? { q } : {}), ...(plan ? { plan } : {}) });
  return (
    <>
      <PageHeading tab={consoleTexts.tab(peopleTexts.tab)} title={peopleTexts.title}>
        {peopleTexts.about}
      </PageHeading>
      <FilterBar filters={filters}>
        <SearchField value={filters.values.q ?? ""} />
        <SelectFilter
          filters={filters}
          name="plan"
          label={peopleTexts.plan}
          any={peopleTexts.anyPlan}
          options={PLANS.map((value) => ({ value, label: peopleTexts.plans[value] }))}
        />
      </FilterBar>
      <DataList
        label={peopleTexts.list}
        list={list}
        columns={COLUMNS}
        idOf={({ id }) => id}
        empty={{
          title: filters.isFiltered ? peopleTexts.nothingFits : peopleTexts.empty,
          text: filters.isFiltered ? peopleTexts.nothingFitsText : peopleTexts.emptyText,
        }}
        isLinked
      />
    </>
  );
}
