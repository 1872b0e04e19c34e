import type { ReactNode } from "react";
import style from "./Table.module.css";

export interface TableColumn<R> {
  readonly id: string;
  readonly name: string;
  readonly show: (row: R) => ReactNode;
  readonly numeric?: boolean;
  /** Rows can be ordered by it. */
  readonly sortable?: boolean;
}

interface TableProps<R> {
  readonly label: string;
  readonly columns: readonly TableColumn<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  /** The column that rows are ordered by, the greatest first. */
  readonly sorted?: string;
  readonly onSort?: (column: string) => void;
  /** The rows are of before, and others are on their way. */
  readonly stale?: boolean;
}

/** A table of at most a few hundred rows. Events have a list of their own. */
export function Table<R>({ label, columns, rows, keyOf, sorted, onSort, stale = false }: TableProps<R>) {
  return (
    // Keyboards scroll what has the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={style.frame} tabIndex={0} role="group" aria-label={label}>
      <table className={stale ? `${style.table} ${style.stale}` : style.table} aria-busy={stale}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={column.numeric === true ? style.numeric : undefined}
                aria-sort={column.id === sorted ? "descending" : undefined}
              >
                {column.sortable === true && onSort !== undefined ? (
                  <button type="button" onClick={() => onSort(column.id)}>
                    {column.name}
                    {column.id === sorted ? " ↓" : ""}
                  </button>
                ) : (
                  column.name
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.id} className={column.numeric === true ? style.numeric : undefined}>
                  {column.show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
