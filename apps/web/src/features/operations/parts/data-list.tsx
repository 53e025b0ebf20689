import { Notice } from "../../../components/notice.tsx";
import { classNames } from "../../../lib/class-names.ts";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { type Column, DataTable } from "./data-table.tsx";

import { Empty, Failed, Loading } from "./list-states.tsx";
import { LoadMore } from "./load-more.tsx";
import type { ConsoleList } from "./use-console-list.ts";

interface DataListProps<Row> {
  /** What the list is, for who does not see where it stands. */
  label: string;
  list: ConsoleList<Row>;
  columns: readonly Column<Row>[];
  idOf: (row: Row) => string | number;
  empty: { title: string; text: string };
  /** The first column holds a `RowLink`: the whole row leads there. */
  isLinked?: boolean;
}

/** A list with all its states: a dense table where there is room, a card for each row where there is not. */
export function DataList<Row>(props: DataListProps<Row>) {
  const { label, list, empty } = props;
  if (!list.rows) {
    if (list.error) return <Failed error={list.error} retry={list.retry} />;
    return <Loading label={label} />;
  }
  return (
    <div
      aria-busy={list.isChanging || undefined}
      className={classNames("transition-opacity duration-150", list.isChanging && "opacity-60")}
    >
      {list.isStale && !list.moreFailed ? (
        <div className="mb-4">
          <Notice tone="attention" title={consoleTexts.list.staleTitle}>
            {consoleTexts.list.staleText}
          </Notice>
        </div>
      ) : null}
      {list.rows.length === 0 ? <Empty {...empty} /> : <DataTable {...props} rows={list.rows} />}
      {list.rows.length === 0 && !list.hasMore ? null : <LoadMore list={list} />}
    </div>
  );
}
