import { useState } from "react";
import { driftTexts } from "../../../../texts/operations-ledger.ts";
import { FailureNote } from "../../../community/components/failure-note.tsx";
import { DataList } from "../../parts/data-list.tsx";
import { FilterBar, SelectFilter, TextFilter } from "../../parts/filter-bar.tsx";
import { Part } from "../../parts/part.tsx";
import { useFilters } from "../../parts/use-filters.ts";
import { useAnswerFocus } from "../../use-answer-focus.ts";
import { type Drift, useDrifts, useRepairDrift } from "../hooks.ts";
import { driftColumns } from "./drift-columns.tsx";

const texts = driftTexts.list;

/** Differences that were found, the open ones at first, each with its repair. */
export function DriftList() {
  const filters = useFilters("state", "customer");
  const showsAll = filters.values.state === "all";
  const list = useDrifts({ onlyOpen: !showsAll, customerId: filters.values.customer });
  const [said, setSaid] = useState("");
  const status = useAnswerFocus(said);
  const repair = useRepairDrift((drift) => setSaid(outcomeOf(drift)));
  const columns = driftColumns({
    busyWith: repair.doing?.driftId,
    onRepair: (drift) => {
      setSaid("");
      repair.run({ driftId: drift.id });
    },
  });
  return (
    <Part title={texts.title}>
      <FilterBar filters={filters}>
        <SelectFilter
          filters={filters}
          name="state"
          label={texts.filter}
          any={texts.open}
          options={[{ value: "all", label: texts.all }]}
        />
        <TextFilter
          filters={filters}
          name="customer"
          label={texts.customer}
          placeholder={texts.customerHint}
        />
      </FilterBar>
      <p
        ref={status}
        tabIndex={-1}
        role="status"
        className="mb-4 rounded-md bg-accent-soft px-4 py-3 outline-none empty:hidden"
      >
        {said}
      </p>
      <div className="mb-4 empty:hidden">
        <FailureNote failure={repair.failure} />
      </div>
      <DataList
        label={texts.title}
        list={list}
        columns={columns}
        idOf={({ id }) => id}
        empty={
          showsAll || filters.values.customer
            ? { title: texts.emptyAll, text: texts.emptyAllText }
            : { title: texts.empty, text: texts.emptyText }
        }
      />
    </Part>
  );
}

function outcomeOf({ customer_id, repaired_at, last_error }: Drift): string {
  if (repaired_at) return texts.done(customer_id);
  return last_error ? texts.notDone(customer_id, last_error) : texts.stillOpen(customer_id);
}
