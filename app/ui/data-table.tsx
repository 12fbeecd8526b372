import { Link } from "@remix-run/react";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import { SelectAll, SelectRow } from "./lists/row-selection.tsx";

export type Sort = { key: string; direction: "asc" | "desc" };

export type Column<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand right, aligned to the comma. */
  numeric?: boolean;
  /** Given, the heading sorts by this column. */
  sortHref?: (direction: Sort["direction"]) => string;
  /** Where it goes in the two-line item of a phone; left out of it when absent. */
  phone?: "title" | "aside" | "meta" | "status";
};

export type DataTableProps<Row> = {
  /** Says what the rows are; read aloud, and visible when `captionShown`. */
  caption: string;
  captionShown?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The first cell links here. */
  rowHref?: (row: Row) => string;
  sort?: Sort;
  /** Old rows stay, dimmed, while new ones are fetched. */
  stale?: boolean;
  /** Rows can be ticked (on a desktop): each sends its key as `id` with the form of this id. */
  selection?: { form: string; name: (row: Row) => string };
};

/** A real table, and on a phone a list of two-line items with the same content. Paging and filters stand outside. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, captionShown, columns, rows, rowKey, rowHref, sort, stale, selection } = props;
  return (
    <div
      className={classNames("transition-opacity duration-(--duration-popover)", stale && "opacity-60")}
      aria-busy={stale}
    >
      <div className="overflow-x-auto max-md:hidden">
        <table className="w-full border-collapse text-14">
          <caption className={captionShown ? "pb-2 text-left text-14 text-fg-muted" : "sr-only"}>{caption}</caption>
          <thead>
            <tr className="border-b border-line-strong">
              {selection && (
                <th scope="col" className="w-10 py-2 pr-2 text-left align-bottom">
                  <SelectAll form={selection.form} />
                </th>
              )}
              {columns.map((column) => (
                <HeaderCell key={column.key} column={column} sort={sort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr
                key={rowKey(row)}
                data-row
                className="border-b border-line hover:bg-sunken focus-within:bg-sunken has-[input:checked]:bg-selected"
              >
                {selection && (
                  <td className="py-2 pr-2 align-baseline">
                    <SelectRow form={selection.form} value={rowKey(row)} name={selection.name(row)} />
                  </td>
                )}
                {columns.map((column, index) => (
                  <Cell key={column.key} numeric={column.numeric}>
                    {index === 0 && rowHref ? (
                      <Link to={rowHref(row)} data-row-link>
                        {column.cell(row)}
                      </Link>
                    ) : (
                      column.cell(row)
                    )}
                  </Cell>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul aria-label={caption} className="divide-y divide-line border-y border-line md:hidden">
        {rows.map((row) => (
          <PhoneItem key={rowKey(row)} row={row} columns={columns} href={rowHref?.(row)} />
        ))}
      </ul>
    </div>
  );
}

function HeaderCell<Row>({ column, sort }: { column: Column<Row>; sort: Sort | undefined }) {
  const t = useT();
  const direction = sort?.key === column.key ? sort.direction : undefined;
  const next = direction === "asc" ? "desc" : "asc";
  return (
    <th
      scope="col"
      aria-sort={direction === "asc" ? "ascending" : direction === "desc" ? "descending" : undefined}
      className={classNames(
        "px-3 py-2 align-bottom text-13 font-medium text-fg-muted first:pl-0 last:pr-0",
        column.numeric ? "text-right" : "text-left",
      )}
    >
      {column.sortHref ? (
        <Link
          to={column.sortHref(next)}
          preventScrollReset
          title={t("words.sortBy", { what: column.header })}
          className="inline-flex min-h-6 items-center gap-1 no-underline hover:underline"
        >
          {column.header}
          <Icon of={direction === "asc" ? ArrowUp : direction === "desc" ? ArrowDown : ChevronsUpDown} size={16} />
        </Link>
      ) : (
        column.header
      )}
    </th>
  );
}

function Cell({ numeric, children }: { numeric: boolean | undefined; children: ReactNode }) {
  return (
    <td
      className={classNames("px-3 py-2 align-baseline first:pl-0 last:pr-0", numeric && "text-right whitespace-nowrap")}
    >
      {children}
    </td>
  );
}

function PhoneItem<Row>({
  row,
  columns,
  href,
}: {
  row: Row;
  columns: readonly Column<Row>[];
  href: string | undefined;
}) {
  const part = (place: Column<Row>["phone"]) =>
    columns
      .filter((column) => column.phone === place)
      .map((column) => <span key={column.key}>{column.cell(row)}</span>);
  const content = (
    <>
      <span className="flex items-center justify-between gap-x-4">
        <span className="min-w-0 truncate font-medium">{part("title")}</span>
        <span className="shrink-0 text-right">{part("aside")}</span>
      </span>
      <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-14 text-fg-muted">
        <span className="flex min-w-0 flex-wrap items-center gap-2">{part("status")}</span>
        <span className="ml-auto flex flex-wrap items-center justify-end gap-x-3 gap-y-1">{part("meta")}</span>
      </span>
    </>
  );
  const lines = "flex flex-col gap-y-1 py-3 text-16";
  return (
    <li>
      {href ? (
        <Link to={href} className={classNames(lines, "no-underline")}>
          {content}
        </Link>
      ) : (
        <div className={lines}>{content}</div>
      )}
    </li>
  );
}
