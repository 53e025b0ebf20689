import { HANDLED_EVENTS } from "@liveassist/shared/handled-events";
import { PageHeading } from "../../../components/page-heading.tsx";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { eventTexts } from "../../../texts/operations-events.ts";
import { DataList } from "../parts/data-list.tsx";
import { FilterBar, SelectFilter, TextFilter, TimeFilter } from "../parts/filter-bar.tsx";
import { useFilters } from "../parts/use-filters.ts";
import { UserFilter } from "../users/user-filter.tsx";
import { EVENT_COLUMNS } from "./event-columns.tsx";
import { useEvents } from "./hooks.ts";
import { EVENT_FILTERS, readEventFilters, STATES } from "./read-event-filters.ts";

const texts = eventTexts.filters;

export function EventList() {
  const filters = useFilters(...EVENT_FILTERS);
  const list = useEvents(readEventFilters(filters.values));
  const { type } = filters.values;
  const types = [...new Set([...HANDLED_EVENTS, ...(type ? [type] : [])])];
  const empty = filters.isFiltered
    ? { title: eventTexts.nothingFits, text: eventTexts.nothingFitsText }
    : { title: eventTexts.empty, text: eventTexts.emptyText };
  return (
    <>
      <PageHeading tab={consoleTexts.tab(eventTexts.tab)} title={eventTexts.title}>
        {eventTexts.about}
      </PageHeading>
      <FilterBar filters={filters}>
        <SelectFilter
          filters={filters}
          name="state"
          label={texts.state}
          any={texts.anyState}
          options={STATES.map((value) => ({ value, label: eventTexts.states[value] }))}
        />
        <SelectFilter
          filters={filters}
          name="type"
          label={texts.type}
          any={texts.anyType}
          options={types.map((value) => ({ value, label: value }))}
        />
        <UserFilter filters={filters} name="user" label={texts.user} />
        <TextFilter
          filters={filters}
          name="customer"
          label={texts.customer}
          placeholder={texts.customerHint}
        />
        <TimeFilter filters={filters} name="from" label={texts.from} />
        <TimeFilter filters={filters} name="to" label={texts.to} />
      </FilterBar>
      <DataList
        label={eventTexts.list}
        list={list}
        columns={EVENT_COLUMNS}
        idOf={({ event_id }) => event_id}
        empty={empty}
        isLinked
      />
    </>
  );
}
