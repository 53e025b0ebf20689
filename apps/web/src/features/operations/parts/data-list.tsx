import type { ReactNode } from "react";
import { Notice } from "../../../components/notice.tsx";
import { classNames } from "../../../lib/class-names.ts";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { LinkedRow } from "./linked-row.ts";
import { Empty, Failed, Loading } from "./list-states.tsx";
import { LoadMore } from "./load-more.tsx";
import type { ConsoleList } from "./use-console-list.ts";

/** One column of a list; the first names the row and may hold its link. */
export interface Column<Row> {
  /** The header's words; null: what stands in it says it (a checkbox, a button). */
  name: string | null;
  cell: (row: Row) => ReactNode;
  /** Widths and the like, from `@2xl/list:` on. */
  className?: string;
  isNumber?: boolean;
  /** It can be pressed: it lies above the row's link. */
  isAction?: boolean;
}

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
      className={classNames(
        "@container/list transition-opacity duration-150",
        list.isChanging && "opacity-60",
      )}
    >
      {list.isStale && !list.moreFailed ? (
        <div className="mb-4">
          <Notice tone="attention" title={consoleTexts.list.staleTitle}>
            {consoleTexts.list.staleText}
          </Notice>
        </div>
      ) : null}
      {list.rows.length === 0 ? <Empty {...empty} /> : <Rows {...props} rows={list.rows} />}
      {list.rows.length === 0 && !list.hasMore ? null : <LoadMore list={list} />}
    </div>
  );
}

const HEADER = "border-b border-line py-2 pr-4 text-left text-small font-medium text-muted";
const CELL =
  "flex gap-3 py-0.5 @2xl/list:table-cell @2xl/list:border-b @2xl/list:border-line @2xl/list:py-2.5 @2xl/list:pr-4 @2xl/list:align-top";

/** The roles are named because a table that is not displayed as one would lose them. */
function Rows<Row>({
  label,
  columns,
  rows,
  idOf,
  isLinked = false,
}: DataListProps<Row> & { rows: readonly Row[] }) {
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: see above.
    <table
      role="table"
      aria-label={label}
      className="block w-full border-collapse text-small @2xl/list:table"
    >
      <thead role="rowgroup" className="sr-only @2xl/list:not-sr-only @2xl/list:table-header-group">
        <tr role="row" className="@2xl/list:table-row">
          {columns.map(({ name, className, isNumber }, at) => (
            <th
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never change places.
              key={at}
              role="columnheader"
              scope="col"
              className={classNames(HEADER, isNumber && "@2xl/list:text-right", className)}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block @2xl/list:table-row-group">
        <LinkedRow value={isLinked}>
          {rows.map((row) => (
            <tr
              key={idOf(row)}
              role="row"
              className={classNames(
                "group/row relative block border-b border-line py-3 @2xl/list:table-row @2xl/list:border-0",
                isLinked && "hover:bg-sunken",
              )}
            >
              {columns.map((column, at) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never change places.
                  key={at}
                  role={at === 0 ? "rowheader" : "cell"}
                  className={classNames(
                    CELL,
                    column.isAction && "relative z-[1]",
                    column.isNumber && "tabular-nums @2xl/list:text-right",
                    column.className,
                  )}
                >
                  {at === 0 || column.name === null ? null : (
                    <span aria-hidden="true" className="w-28 shrink-0 text-muted @2xl/list:hidden">
                      {column.name}
                    </span>
                  )}
                  <div className="min-w-0 [overflow-wrap:anywhere]">{column.cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </LinkedRow>
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: see above.
  );
}
