import { driftTexts } from "../../../../texts/operations-ledger.ts";
import { Copyable } from "../../parts/copyable.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { Moment } from "../../parts/moment.tsx";
import { RowButton } from "../../parts/row-button.tsx";
import { SectionLink } from "../../parts/section-link.tsx";
import { StatusPill } from "../../parts/status-pill.tsx";
import type { Drift } from "../hooks.ts";

const texts = driftTexts.list;

interface DriftDeeds {
  /** The drift that is being repaired. */
  busyWith: number | undefined;
  onRepair: (drift: Drift) => void;
}

/** What is told of each difference; an open one can be repaired. */
export const driftColumns = ({ busyWith, onRepair }: DriftDeeds): Column<Drift>[] => [
  {
    name: texts.columns.cause,
    cell: ({ cause, fields, last_error }) => (
      <>
        <span className="font-medium">{driftTexts.causes[cause] ?? cause}</span>
        {fields.length > 0 ? <span className="block text-muted">{fields.join(", ")}</span> : null}
        {last_error ? <span className="block text-danger">{last_error}</span> : null}
      </>
    ),
  },
  {
    name: texts.columns.who,
    // A customer's id and its button, in one line.
    className: "@2xl/list:w-60",
    cell: ({ customer_id, user_id }) => (
      <span className="grid justify-items-start">
        <Copyable id={customer_id} label={customer_id} />
        {user_id ? (
          <SectionLink section="users" item={user_id}>
            {texts.openUser}
          </SectionLink>
        ) : (
          <span className="text-muted">{texts.noUser}</span>
        )}
      </span>
    ),
  },
  {
    name: texts.columns.state,
    cell: ({ repaired_at, is_downgrade }) => (
      <span className="flex flex-wrap gap-1.5">
        {repaired_at ? (
          <StatusPill tone="good">{texts.repaired}</StatusPill>
        ) : (
          <StatusPill tone="problem">{texts.isOpen}</StatusPill>
        )}
        {is_downgrade ? <StatusPill tone="attention">{texts.downgrade}</StatusPill> : null}
      </span>
    ),
  },
  { name: texts.columns.found, cell: ({ found_at }) => <Moment at={found_at} /> },
  {
    name: texts.columns.repair,
    isAction: true,
    cell: (drift) =>
      drift.repaired_at ? null : (
        <RowButton
          aria-label={texts.repairLabel(drift.customer_id)}
          busy={busyWith === drift.id}
          onClick={() => onRepair(drift)}
        >
          {busyWith === drift.id ? texts.repairing : texts.repair}
        </RowButton>
      ),
  },
];
