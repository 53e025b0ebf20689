import type { ReactNode } from "react";
import { classNames } from "../../../lib/class-names.ts";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { LinkedRow } from "./linked-row.ts";

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

const HEADER = "border-b border-line py-2 pr-4 text-left text-small font-medium text-muted";
const CELL =
  "flex gap-3 py-0.5 @2xl/list:table-cell @2xl/list:border-b @2xl/list:border-line @2xl/list:py-2.5 @2xl/list:pr-4 @2xl/list:align-top";

const NUMBER = "@2xl/list:pr-8 @2xl/list:text-right @2xl/list:whitespace-nowrap";

interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  idOf: (row: Row) => string | number;
  isLinked?: boolean;
}

/**
 * Rows under headers, or as cards where there is no room. The roles are named because a
 * table that is not displayed as one would lose them.
 */
export function DataTable<Row>({ label, columns, rows, idOf, isLinked = false }: DataTableProps<Row>) {
  return (
    <div className="@container/list">
      {/* biome-ignore-start lint/a11y/noRedundantRoles: see above. */}
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
                className={classNames(HEADER, isNumber && NUMBER, className)}
              >
                {name ?? <span className="sr-only">{consoleTexts.list.deeds}</span>}
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
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never change places.
                  <Cell key={at} column={column} row={row} isFirst={at === 0} />
                ))}
              </tr>
            ))}
          </LinkedRow>
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above. */}
    </div>
  );
}

function Cell<Row>({ column, row, isFirst }: { column: Column<Row>; row: Row; isFirst: boolean }) {
  const content = column.cell(row);
  return (
    <td
      role={isFirst ? "rowheader" : "cell"}
      className={classNames(
        CELL,
        column.isAction && "relative z-[1]",
        column.isNumber && `tabular-nums ${NUMBER}`,
        // A card has no gaps: what is not there is not named either.
        content === null && "@max-2xl/list:hidden",
        column.className,
      )}
    >
      {isFirst || column.name === null ? null : (
        <span aria-hidden="true" className="w-28 shrink-0 text-muted @2xl/list:hidden">
          {column.name}
        </span>
      )}
      <div className="min-w-0 [overflow-wrap:anywhere]">{content}</div>
    </td>
  );
}
