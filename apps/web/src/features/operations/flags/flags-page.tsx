import { useState } from "react";
import { PageHeading } from "../../../components/page-heading.tsx";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { flagTexts as texts } from "../../../texts/operations-ledger.ts";
import { FailureNote } from "../../community/components/failure-note.tsx";
import { DataList } from "../parts/data-list.tsx";
import { FilterBar, SelectFilter, TextFilter } from "../parts/filter-bar.tsx";
import { useFilters } from "../parts/use-filters.ts";
import { useAnswerFocus } from "../use-answer-focus.ts";
import { flagColumns, kindOf } from "./flag-columns.tsx";
import { useFlags, useResolveFlag } from "./hooks.ts";

/** Money that a person has to look at. */
export default function FlagsPage(_props: { item: string | null }) {
  const filters = useFilters("state", "user");
  const showsAll = filters.values.state === "all";
  const list = useFlags({ onlyOpen: !showsAll, userId: filters.values.user });
  const [said, setSaid] = useState("");
  const status = useAnswerFocus(said);
  const resolve = useResolveFlag((flag) => setSaid(texts.done(kindOf(flag), flag.object_id)));
  const columns = flagColumns({
    busyWith: resolve.doing?.id,
    onLooked: (flag) => {
      setSaid("");
      resolve.run({ id: flag.id });
    },
  });
  return (
    <>
      <PageHeading tab={consoleTexts.tab(texts.title)} title={texts.title}>
        {texts.about}
      </PageHeading>
      <FilterBar filters={filters}>
        <SelectFilter
          filters={filters}
          name="state"
          label={texts.filter}
          any={texts.open}
          options={[{ value: "all", label: texts.all }]}
        />
        <TextFilter filters={filters} name="user" label={texts.user} placeholder={texts.userHint} />
      </FilterBar>
      <p
        ref={status}
        tabIndex={-1}
        role="status"
        className="mb-4 rounded-md bg-accent-soft px-4 py-3 outline-none [overflow-wrap:anywhere] empty:hidden"
      >
        {said}
      </p>
      <div className="mb-4 empty:hidden">
        <FailureNote failure={resolve.failure} />
      </div>
      <DataList
        label={texts.title}
        list={list}
        columns={columns}
        idOf={({ id }) => id}
        empty={
          showsAll || filters.values.user
            ? { title: texts.emptyAll, text: texts.emptyAllText }
            : { title: texts.empty, text: texts.emptyText }
        }
      />
    </>
  );
}
