import type { ComponentChildren } from 'preact';

export type Column<Row> = {
  key: string;
  title: string;
  cell: (row: Row) => ComponentChildren;
  numeric?: boolean;
  /** This column names the row. One a table. */
  heading?: boolean;
};

type Props<Row> = {
  caption: string;
  /** Keeps the caption for screen readers only, under a heading that says the same. */
  hideCaption?: boolean;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** On phones: rows become blocks (default), or the table scrolls sideways where columns must be compared. */
  narrow?: 'stack' | 'scroll';
};

/** A table that stays readable at 320 px. */
export function Table<Row>({ caption, hideCaption, columns, rows, rowKey, narrow = 'stack' }: Props<Row>) {
  const table = (
    <table class={narrow === 'stack' ? 'table table-stack' : 'table'}>
      <caption class={hideCaption ? 'visually-hidden' : undefined}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" class={column.numeric ? 'numeric' : undefined}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (narrow === 'stack') return table;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section class="table-scroll" tabIndex={0} aria-label={caption}>
      {table}
    </section>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const kind = column.numeric ? 'numeric' : undefined;
  if (column.heading) {
    return (
      <th scope="row" class={kind}>
        {column.cell(row)}
      </th>
    );
  }
  return (
    <td class={kind} data-label={column.title}>
      {column.cell(row)}
    </td>
  );
}
